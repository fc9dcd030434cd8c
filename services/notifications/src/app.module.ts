import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Module } from '@nestjs/common';
import { DeliveriesController } from './inbound/deliveries.controller';
import { FollowController } from './inbound/follow.controller';
import { InboxController } from './inbound/inbox.controller';
import { MailboxController } from './inbound/mailbox.controller';
import { MailboxServer } from './inbound/mailbox.server';
import { MeController } from './inbound/me.controller';
import { OperationsController } from './inbound/operations.controller';
import { SubscriptionIndexLoader } from './inbound/subscription-index.loader';
import { SubscriptionsController } from './inbound/subscriptions.controller';
import { UnsubscribeController } from './inbound/unsubscribe.controller';
import { Addresses } from './outbound/addresses';
import { Attestations } from './outbound/attestations';
import { DeliveryBell, DigestBell } from './outbound/bells';
import { Deliveries } from './outbound/deliveries';
import { DeliveryLog } from './outbound/delivery-log.reader';
import { DeliveryMeters } from './outbound/delivery-meters';
import { DeliveryOutcomesReader } from './outbound/delivery-outcomes.reader';
import { DigestContents } from './outbound/digest-contents';
import { Digests } from './outbound/digests';
import { DueWork } from './outbound/due-work';
import { ImportsSeen } from './outbound/imports-seen';
import { Inbox } from './outbound/inbox';
import { Letters } from './outbound/letters/letters';
import { Mailbox } from './outbound/mailbox';
import { Notices } from './outbound/notices';
import { RateLimits } from './outbound/rate-limits';
import { Recipients } from './outbound/recipients';
import { RecommendationCopies } from './outbound/recommendation-copies';
import { SettingsReader } from './outbound/settings.reader';
import { SubscriptionIndex } from './outbound/subscription-index';
import { Subscriptions } from './outbound/subscriptions';
import { Vault } from './outbound/vault';
import { VoiceCopies } from './outbound/voice-copies';
import { ChangeSettings } from './usecases/change-settings';
import { ChangeSubscription } from './usecases/change-subscription';
import { ComposeDigest } from './usecases/compose-digest';
import { ConfirmFollow } from './usecases/confirm-follow';
import { CorrectUndoneImport } from './usecases/correct-undone-import';
import { Deliver } from './usecases/deliver';
import { EndSubscription } from './usecases/end-subscription';
import { EraseMember } from './usecases/erase-member';
import { ExpectImport } from './usecases/expect-import';
import { ForgetRecipient } from './usecases/forget-recipient';
import { GiveUpWaiting } from './usecases/give-up-waiting';
import { MatchFacts } from './usecases/match-facts';
import { MatchVoices } from './usecases/match-voices';
import { PlanForgotten } from './usecases/plan-forgotten';
import { PlanMails } from './usecases/plan-mails';
import { PreviewSubscription } from './usecases/preview-subscription';
import { Purge } from './usecases/purge';
import { RecoverDelivery } from './usecases/recover-delivery';
import { ReleaseImport } from './usecases/release-import';
import { RemoveDemo } from './usecases/remove-demo';
import { RequestFollow } from './usecases/request-follow';
import { SendTestMail } from './usecases/send-test-mail';
import { StartSubscription } from './usecases/start-subscription';
import { Unsubscribe } from './usecases/unsubscribe';
import { UseAddress } from './usecases/use-address';
import { VerifyAddress } from './usecases/verify-address';
import { WelcomeMember } from './usecases/welcome-member';

const reachesUs = [MailboxServer, SubscriptionIndexLoader];

const whatWeDo = [
  // facts become notices
  MatchFacts,
  MatchVoices,
  ExpectImport,
  CorrectUndoneImport,
  PlanMails,
  ReleaseImport,
  // notices become mails
  ComposeDigest,
  Deliver,
  // what no hint has told
  GiveUpWaiting,
  PlanForgotten,
  RecoverDelivery,
  Purge,
  // who follows what
  StartSubscription,
  ChangeSubscription,
  EndSubscription,
  PreviewSubscription,
  RequestFollow,
  ConfirmFollow,
  Unsubscribe,
  // who is told, and where
  WelcomeMember,
  ChangeSettings,
  VerifyAddress,
  UseAddress,
  ForgetRecipient,
  EraseMember,
  RemoveDemo,
  SendTestMail,
];

const whatWeReach = [
  SubscriptionIndex,
  Subscriptions,
  RecommendationCopies,
  VoiceCopies,
  ImportsSeen,
  Notices,
  Inbox,
  Digests,
  DigestContents,
  Deliveries,
  DeliveryLog,
  DeliveryMeters,
  DeliveryOutcomesReader,
  Letters,
  Mailbox,
  Recipients,
  SettingsReader,
  Addresses,
  Attestations,
  RateLimits,
  DueWork,
  DigestBell,
  DeliveryBell,
];

@Module({
  controllers: [
    MeController,
    SubscriptionsController,
    FollowController,
    UnsubscribeController,
    InboxController,
    DeliveriesController,
    MailboxController,
    OperationsController,
  ],
  providers: [
    ...reachesUs,
    ...whatWeDo,
    ...whatWeReach,
    {
      provide: Vault,
      useFactory: (config: Pick<RuntimeConfig, 'instanceSecret'>) => new Vault(config.instanceSecret),
      inject: [CONFIG],
    },
  ],
})
export class AppModule {}
