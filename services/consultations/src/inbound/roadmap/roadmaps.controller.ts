import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { Caller, Public, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import type { z } from 'zod';
import { RoadmapReader } from '../../outbound/roadmap/roadmap.reader';
import { DraftRoadmap } from '../../usecases/roadmap/draft-roadmap';
import { StepRoadmap } from '../../usecases/roadmap/step-roadmap';
import { differencesQuery, editionQuery, listQuery, newRoadmap, roadmapChange, roadmapStep } from './schemas';

/** Roadmaps of States: what is to be done about recommendations, by whom, until when and for how much. */
@Controller('roadmaps')
export class RoadmapsController {
  constructor(
    private readonly roadmaps: RoadmapReader,
    private readonly drafting: DraftRoadmap,
    private readonly stepping: StepRoadmap,
  ) {}

  /** Adopted roadmaps, and drafts that the caller may see. */
  @Get()
  @Public()
  async list(
    @Query(zodQuery(listQuery)) { stateUnderReview }: z.infer<typeof listQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    return { roadmaps: await this.roadmaps.list(caller, stateUnderReview) };
  }

  @Post()
  @Requires('roadmaps.write')
  async begin(@Body(zodBody(newRoadmap)) body: z.infer<typeof newRoadmap>, @Caller() caller: CallerIdentity) {
    return { roadmapId: await this.drafting.begin(caller, body) };
  }

  /** `edition=in-force`, a number of a version, or `draft` for those who may see drafts. */
  @Get(':id')
  @Public()
  plan(
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(editionQuery)) { edition }: z.infer<typeof editionQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    return this.roadmaps.plan(caller, id, edition);
  }

  /** `version` is the one that the caller saw; another one since is a conflict. */
  @Patch(':id')
  @Requires('roadmaps.write')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(roadmapChange)) { version, ...change }: z.infer<typeof roadmapChange>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.drafting.change(caller, id, version, change);
    return this.roadmaps.plan(caller, id, 'draft');
  }

  /** Adopts, revises, drops a revision, closes or abandons. */
  @Post(':id/steps')
  @HttpCode(200)
  @Requires('roadmaps.adopt')
  async step(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(roadmapStep)) { version, ...asked }: z.infer<typeof roadmapStep>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.stepping.take(caller, id, { ...asked, seen: version });
    return this.roadmaps.plan(caller, id, asked.step === 'revise' ? 'draft' : 'in-force');
  }

  @Get(':id/versions')
  @Public()
  async versions(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    return { versions: await this.roadmaps.versions(caller, id) };
  }

  /** What changed between two editions. */
  @Get(':id/differences')
  @Public()
  differences(
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(differencesQuery)) { from, to }: z.infer<typeof differencesQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    return this.roadmaps.differences(caller, id, from, to);
  }

  /** Rows of the imported plan that could not be read, with what to do about each. */
  @Get(':id/rejects')
  @Requires('roadmaps.drafts.read')
  async rejects(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return { rejects: await this.roadmaps.rejects(caller, id) };
  }
}
