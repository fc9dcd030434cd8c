import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Module } from '@nestjs/common';
import { AskedFilesController } from './inbound/asked-files.controller';
import { AskedSessionController } from './inbound/asked-session.controller';
import { AskedTasksController } from './inbound/asked-tasks.controller';
import { HolidaysController } from './inbound/holidays.controller';
import { InstitutionsController } from './inbound/institutions.controller';
import { LeadsController } from './inbound/leads.controller';
import { ConsultationsController } from './inbound/consultation/consultations.controller';
import { SubmissionsController } from './inbound/consultation/submissions.controller';
import { RecommendationSummaryController } from './inbound/recommendation-summary.controller';
import { RoundTasksController } from './inbound/round-tasks.controller';
import { RoundsController } from './inbound/rounds.controller';
import { Board } from './outbound/board.reader';
import { DueRoundWork } from './outbound/due-round-work';
import { Institutions } from './outbound/institutions';
import { RoundLetters } from './outbound/letters/round-letters';
import { LinkUses } from './outbound/link-uses';
import { OwnTasks } from './outbound/own-tasks.reader';
import { RecommendationCopies } from './outbound/recommendation-copies';
import { RoundMails } from './outbound/round-mails';
import { RoundPreview } from './outbound/round-preview';
import { Vault } from './outbound/vault';
import { AnswerRecommendation } from './usecases/answer-recommendation';
import { AssignLeads } from './usecases/assign-leads';
import { AssignLeadsFromFile } from './usecases/assign-leads-from-file';
import { AttachEvidence } from './usecases/attach-evidence';
import { CloseRound } from './usecases/close-round';
import { DecideTask } from './usecases/decide-task';
import { GiveAccess } from './usecases/give-access';
import { HandInTask } from './usecases/hand-in-task';
import { KeepHolidays } from './usecases/keep-holidays';
import { KeepInstitution } from './usecases/keep-institution';
import { MoveDeadline } from './usecases/move-deadline';
import { OpenRound } from './usecases/open-round';
import { PrepareRound } from './usecases/prepare-round';
import { Remind } from './usecases/remind';
import { SendRoundMail } from './usecases/send-round-mail';
import { SignInByLink } from './usecases/sign-in-by-link';
import { TakeAnswerSheet } from './usecases/take-answer-sheet';
import { TidyLinks } from './usecases/tidy-links';
import { ActionsController } from './inbound/roadmap/actions.controller';
import { RoadmapsController } from './inbound/roadmap/roadmaps.controller';
import { WorkbookController } from './inbound/roadmap/workbook.controller';
import { ConsultationReader } from './outbound/consultation/consultation.reader';
import { LineageReader } from './outbound/consultation/lineage.reader';
import { PlanFileReader } from './outbound/roadmap/plan-file.reader';
import { RoadmapReader } from './outbound/roadmap/roadmap.reader';
import { Convene } from './usecases/consultation/convene';
import { Dispose } from './usecases/consultation/dispose';
import { HandIn } from './usecases/consultation/hand-in';
import { HoldMeeting } from './usecases/consultation/hold-meeting';
import { StepConsultation } from './usecases/consultation/step-consultation';
import { DraftRoadmap } from './usecases/roadmap/draft-roadmap';
import { EditAction } from './usecases/roadmap/edit-action';
import { ImportPlan } from './usecases/roadmap/import-plan';
import { RecordValue } from './usecases/roadmap/record-value';
import { StepAction } from './usecases/roadmap/step-action';
import { StepRoadmap } from './usecases/roadmap/step-roadmap';

const whatWeDo = [
  // who is asked about what
  KeepInstitution,
  AssignLeads,
  AssignLeadsFromFile,
  KeepHolidays,
  // a round, from draft to closed
  PrepareRound,
  OpenRound,
  MoveDeadline,
  CloseRound,
  GiveAccess,
  // what institutions answer, by their links
  SignInByLink,
  AnswerRecommendation,
  AttachEvidence,
  TakeAnswerSheet,
  HandInTask,
  // what becomes of it
  DecideTask,
  // the roadmap, its versions and actions
  DraftRoadmap,
  EditAction,
  StepRoadmap,
  StepAction,
  RecordValue,
  ImportPlan,
  // consultations, from convening to the outcome
  Convene,
  HandIn,
  HoldMeeting,
  Dispose,
  StepConsultation,
  // mails
  Remind,
  SendRoundMail,
  TidyLinks,
];

const whatWeReach = [
  RecommendationCopies,
  Institutions,
  RoundPreview,
  Board,
  OwnTasks,
  RoundMails,
  RoundLetters,
  LinkUses,
  DueRoundWork,
  PlanFileReader,
  RoadmapReader,
  ConsultationReader,
  LineageReader,
];

@Module({
  controllers: [
    RecommendationSummaryController,
    InstitutionsController,
    LeadsController,
    HolidaysController,
    RoundsController,
    RoundTasksController,
    AskedSessionController,
    AskedTasksController,
    AskedFilesController,
    WorkbookController,
    RoadmapsController,
    ActionsController,
    ConsultationsController,
    SubmissionsController,
  ],
  providers: [
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
