import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { loadLanguage, loadOneMessages, loadPagesMessages, loadWorkMessages } from './intl/catalogue';
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

/** The page of one recommendation, the other public pages, and the pages behind sign-in: each kind brings its own words. */
const one = createRoute({
  getParentRoute: () => root,
  id: 'one',
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: ({ deps }) => loadOneMessages(deps.lang ?? documentLocale()),
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
    createRoute({
      getParentRoute: () => pages,
      path: '/follow',
      validateSearch: search.listSearch,
      component: lazyRouteComponent(() => import('./pages/follow'), 'FollowByMail'),
    }),
    createRoute({
      getParentRoute: () => pages,
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
      component: lazyRouteComponent(() => import('./pages/asked'), 'Asked'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/rounds',
      component: lazyRouteComponent(() => import('./pages/rounds'), 'Rounds'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/rounds/$id',
      validateSearch: search.boardSearch,
      component: lazyRouteComponent(() => import('./pages/rounds/board'), 'Board'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/inbox',
      validateSearch: search.pageSearch,
      component: lazyRouteComponent(() => import('./pages/inbox'), 'Inbox'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/subscriptions',
      validateSearch: search.subscriptionSearch,
      component: lazyRouteComponent(() => import('./pages/subscriptions'), 'Subscriptions'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/imports',
      validateSearch: search.pageSearch,
      component: lazyRouteComponent(() => import('./pages/imports'), 'Imports'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/import',
      component: lazyRouteComponent(() => import('./pages/import/choose-file'), 'ChooseFile'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/import/$id',
      validateSearch: search.importSearch,
      component: lazyRouteComponent(() => import('./pages/import'), 'OneImport'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/directory',
      validateSearch: search.directorySearch,
      component: lazyRouteComponent(() => import('./pages/directory'), 'Directory'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/settings',
      component: lazyRouteComponent(() => import('./pages/settings'), 'Settings'),
    }),
    createRoute({
      getParentRoute: () => work,
      path: '/mailbox',
      validateSearch: search.mailSearch,
      component: lazyRouteComponent(() => import('./pages/mailbox'), 'Mailbox'),
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
