import { Module } from '@nestjs/common';
import { DemoController } from './inbound/demo.controller';
import { EventsController } from './inbound/events.controller';
import { FromStateController } from './inbound/from-state.controller';
import { InvitationsController } from './inbound/invitations.controller';
import { MembersController } from './inbound/members.controller';
import { OrganisationsController } from './inbound/organisations.controller';
import { InvitationPages } from './inbound/pages/invitation.pages';
import { PasswordFormPages } from './inbound/pages/password-form.pages';
import { PasswordPages } from './inbound/pages/password.pages';
import { SetupPages } from './inbound/pages/setup.pages';
import { SignInPages } from './inbound/pages/sign-in.pages';
import { PortalSession } from './inbound/portal-session';
import { RecommendationsController } from './inbound/recommendations.controller';
import { ServiceAccountsController } from './inbound/service-accounts.controller';
import { SessionController } from './inbound/session.controller';
import { StatesController } from './inbound/states.controller';
import { TokenController } from './inbound/token.controller';
import { VoicesController } from './inbound/voices.controller';
import { AccountMails } from './outbound/account-mails';
import { Accounts } from './outbound/directory/accounts';
import { Demo } from './outbound/directory/demo';
import { DirectoryReader } from './outbound/directory/directory.reader';
import { SetupLinks } from './outbound/directory/setup-link';
import { FeedBell } from './outbound/feed/feed-bell';
import { FeedRows } from './outbound/feed/feed-rows';
import { FeedReader } from './outbound/feed/feed.reader';
import { Passwords } from './outbound/passwords';
import { Secrets } from './outbound/secrets';
import { AccessTokens } from './outbound/sign-in/access-tokens';
import { BuiltInProvider } from './outbound/sign-in/built-in-provider';
import { PortalAddresses } from './outbound/sign-in/portal-addresses';
import { RelyingParty } from './outbound/sign-in/relying-party';
import { Sessions } from './outbound/sign-in/sessions';
import { SigningKeys } from './outbound/sign-in/signing-keys';
import { Throttles } from './outbound/sign-in/throttles';
import { FromStateReader } from './outbound/view/from-state.reader';
import { RecommendationIndex } from './outbound/view/recommendation-index';
import { RecommendationRows } from './outbound/view/recommendation-rows';
import { RecommendationSearch } from './outbound/view/recommendation-search';
import { RecommendationReader } from './outbound/view/recommendation.reader';
import { VoiceRows } from './outbound/view/voice-rows';
import { VoiceReader } from './outbound/view/voice.reader';
import { AcceptInvitation } from './usecases/accept-invitation';
import { Arrive } from './usecases/arrive';
import { AskPasswordReset } from './usecases/ask-password-reset';
import { ChangeMember } from './usecases/change-member';
import { CheckPassword } from './usecases/check-password';
import { ExchangeSecret } from './usecases/exchange-secret';
import { FollowFeed } from './usecases/follow-feed';
import { Invite } from './usecases/invite';
import { InviteFromFile } from './usecases/invite-from-file';
import { KeepHouse } from './usecases/keep-house';
import { KeepServiceAccount } from './usecases/keep-service-account';
import { LoadDemo } from './usecases/load-demo';
import { MakeAdministrator } from './usecases/make-administrator';
import { RegisterOrganisation } from './usecases/register-organisation';
import { RemoveDemo } from './usecases/remove-demo';
import { ResetPassword } from './usecases/reset-password';
import { SendAccountMail } from './usecases/send-account-mail';
import { TellDirectory } from './usecases/tell-directory';
import { WithdrawInvitation } from './usecases/withdraw-invitation';

const api = [
  DemoController,
  EventsController,
  FromStateController,
  InvitationsController,
  MembersController,
  OrganisationsController,
  RecommendationsController,
  ServiceAccountsController,
  SessionController,
  StatesController,
  TokenController,
  VoicesController,
];

const pages = [PortalSession, SignInPages, PasswordFormPages, SetupPages, InvitationPages, PasswordPages];

const usecases = [
  AcceptInvitation,
  Arrive,
  AskPasswordReset,
  ChangeMember,
  CheckPassword,
  ExchangeSecret,
  FollowFeed,
  Invite,
  InviteFromFile,
  KeepHouse,
  KeepServiceAccount,
  LoadDemo,
  MakeAdministrator,
  RegisterOrganisation,
  RemoveDemo,
  ResetPassword,
  SendAccountMail,
  TellDirectory,
  WithdrawInvitation,
];

const outbound = [
  Secrets,
  Passwords,
  PortalAddresses,
  SigningKeys,
  AccessTokens,
  Sessions,
  Throttles,
  BuiltInProvider,
  RelyingParty,
  Accounts,
  AccountMails,
  Demo,
  DirectoryReader,
  SetupLinks,
  RecommendationIndex,
  RecommendationRows,
  RecommendationSearch,
  RecommendationReader,
  VoiceRows,
  VoiceReader,
  FromStateReader,
  FeedBell,
  FeedRows,
  FeedReader,
];

/** The directory, sign-in, the read model that everybody may look at, and the feed that partners read. */
@Module({ controllers: api, providers: [...pages, ...usecases, ...outbound] })
export class AppModule {}
