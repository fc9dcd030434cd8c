import type { Plugin } from 'vite';
import { answerApi } from './server';

/** `vite --mode fixtures`: the development server answers `/api` itself. */
export function fixtures(): Plugin {
  return {
    name: 'followthrough-fixtures',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        answerApi(request, response).then((answered) => answered || next(), next);
      });
    },
  };
}
