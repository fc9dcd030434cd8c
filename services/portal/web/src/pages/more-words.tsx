import { Outlet, useMatch } from '@tanstack/react-router';
import type { Messages } from '../intl/catalogue';
import { SpeaksMore } from '../intl/words';

/** Around pages that say more than the list does: adds the words that their route has loaded. */
export function MoreWords() {
  const messages = useMatch({ strict: false, select: (match) => match.loaderData as Messages | undefined });
  return (
    <SpeaksMore messages={messages ?? {}}>
      <Outlet />
    </SpeaksMore>
  );
}
