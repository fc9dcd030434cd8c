import { consumer, type Consumer } from '@followthrough/messaging';
import type { INestApplicationContext } from '@nestjs/common';
import { Recipients } from '../outbound/recipients';
import { recommendationCopy } from '../outbound/recommendation-copies';
import { CorrectUndoneImport } from '../usecases/correct-undone-import';
import { EraseMember } from '../usecases/erase-member';
import { ExpectImport } from '../usecases/expect-import';
import { MatchFacts } from '../usecases/match-facts';
import { MatchVoices } from '../usecases/match-voices';
import { RemoveDemo } from '../usecases/remove-demo';
import { WelcomeMember } from '../usecases/welcome-member';
import { directory, memberCopy } from './directory.consumer';
import { imports } from './imports.consumer';
import { recommendationFacts } from './recommendation-facts.consumer';
import { voices } from './voices.consumer';

/** Everything that reaches the service as an event. */
export function notificationsConsumer(app: INestApplicationContext): Consumer {
  return consumer(
    'notifications',
    [
      recommendationFacts(app.get(MatchFacts)),
      voices(app.get(MatchVoices)),
      ...imports(app.get(ExpectImport), app.get(CorrectUndoneImport)),
      ...directory(app.get(WelcomeMember), app.get(EraseMember), app.get(RemoveDemo)),
    ],
    [recommendationCopy, memberCopy(app.get(Recipients), app.get(EraseMember))],
  );
}
