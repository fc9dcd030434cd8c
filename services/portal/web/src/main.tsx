import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Trouble } from './api/client';
import { portal } from './api/portal';
import { router } from './router';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A second try helps against a dropped connection or a service that starts, not against a refusal.
      retry: (count, error) =>
        count < 1 && error instanceof Trouble && (error.kind === 'offline' || error.kind === 'unavailable'),
      retryDelay: 600,
    },
  },
});

/** Until language and page are here, the header that came with the document stays. */
async function start(): Promise<void> {
  void cache.prefetchQuery({ queryKey: ['session'], queryFn: portal.session });
  await router.load();
  const place = document.getElementById('root');
  if (!place) return;
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
