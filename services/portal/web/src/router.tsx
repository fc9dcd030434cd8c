import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import {
  loadFollowMessages,
  loadLanguage,
  loadOneMessages,
  loadPagesMessages,
  loadWorkMessages,
} from './intl/catalogue';
import { documentLocale } from './intl/locale';
import { MoreWords } from './pages/more-words';
import { NotFound } from './pages/not-found';
import { PageBroken } from './parts/trouble';
import * as search from './search';
import { Shell } from './shell/shell';

const root = createRootRoute({
  validateSearch: search.rootSearch,
  search: { middlewares: [retainSearchParams(['lang'])] },
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadLanguage(deps.lang ?? documentLocale()),
  staleTime: Infinity,
  gcTime: Infinity,
  component: Shell,
  notFoundComponent: NotFound,
});

/**
 * The page of one recommendation, those of following by mail, the other public pages, and the pages behind sign-in:
 * each kind brings its own words.
 */
const one = createRoute({
  getParentRoute: () => root,
  id: 'one',
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadOneMessages(deps.lang ?? documentLocale()),
  staleTime: Infinity,
  component: MoreWords,
});
const follow = createRoute({
  getParentRoute: () => root,
  id: 'by-mail',
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadFollowMessages(deps.lang ?? documentLocale()),
  staleTime: Infinity,
  component: MoreWords,
});
const pages = createRoute({
  getParentRoute: () => root,
  id: 'pages',
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadPagesMessages(deps.lang ?? documentLocale()),
  staleTime: Infinity,
  component: MoreWords,
});
const work = createRoute({
  getParentRoute: () => root,
  id: 'work',
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadWorkMessages(deps.lang ?? documentLocale()),
  staleTime: Infinity,
  component: MoreWords,
});

type FurtherPages = typeof import('./pages/further-pages').furtherPages;

/** A page that is nobody's first: where it lies is said in a file of its own, which no first visit has to load. */
function further<Page extends keyof FurtherPages>(page: Page) {
  return lazyRouteComponent(async () => {
    const { furtherPages } = await import('./pages/further-pages');
    return { Page: await furtherPages[page]() };
  }, 'Page');
}

/** Every address of the application, with the page it shows. */
const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/recommendations',
    validateSearch: search.listSearch,
    component: lazyRouteComponent(() => import('./pages/recommendations'), 'RecommendationList'),
  }),
  one.addChildren([
    createRoute({
      getParentRoute: () => one,
      path: '/recommendations/$id',
      component: lazyRouteComponent(() => import('./pages/recommendation'), 'OneRecommendation'),
    }),
  ]),
  pages.addChildren([
    createRoute({
      getParentRoute: () => pages,
      path: '/',
      component: lazyRouteComponent(() => import('./pages/overview'), 'Start'),
    }),
    createRoute({
      getParentRoute: () => pages,
      path: '/from',
      component: lazyRouteComponent(() => import('./pages/from/states'), 'RecommendingStates'),
    }),
    createRoute({
      getParentRoute: () => pages,
      path: '/from/$state',
      validateSearch: search.fromSearch,
      component: lazyRouteComponent(() => import('./pages/from'), 'AskedByState'),
    }),
  ]),
  follow.addChildren([
    createRoute({
      getParentRoute: () => follow,
      path: '/follow',
      validateSearch: search.listSearch,
      component: lazyRouteComponent(() => import('./pages/follow'), 'FollowByMail'),
    }),
    createRoute({
      getParentRoute: () => follow,
      path: '/follow/confirm',
      validateSearch: search.tokenSearch,
      component: lazyRouteComponent(() => import('./pages/follow'), 'ConfirmFollow'),
    }),
  ]),
  work.addChildren([
    createRoute({
      getParentRoute: () => work,
      path: '/asked',
      validateSearch: search.askedSearch,
      component: further('Asked'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/rounds',
      component: further('Rounds'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/rounds/$id',
      validateSearch: search.boardSearch,
      component: further('Board'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/inbox',
      validateSearch: search.pageSearch,
      component: further('Inbox'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/subscriptions',
      validateSearch: search.subscriptionSearch,
      component: further('Subscriptions'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/imports',
      validateSearch: search.pageSearch,
      component: further('Imports'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/import',
      component: further('ChooseFile'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/import/$id',
      validateSearch: search.importSearch,
      component: further('OneImport'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/directory',
      validateSearch: search.directorySearch,
      component: further('Directory'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/operations',
      component: further('Operations'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/settings',
      component: further('Settings'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/roadmaps',
      component: further('Roadmaps'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/roadmaps/$id',
      component: further('RoadmapBoard'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/consultations',
      component: further('Consultations'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/consultations/new',
      validateSearch: search.listSearch,
      component: further('Convene'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/consultations/$id',
      component: further('Consultation'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/mailbox',
      validateSearch: search.mailSearch,
      component: further('Mailbox'),
    }),
  ]),
]);

export const router = createRouter({
  routeTree: routes,
  parseSearch: search.parseSearch,
  stringifySearch: search.stringifySearch,
  defaultErrorComponent: PageBroken,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 30_000,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
