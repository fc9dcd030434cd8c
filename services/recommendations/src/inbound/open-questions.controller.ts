import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  Caller,
  Problem,
  Requires,
  zodBody,
  zodQuery,
  type CallerIdentity,
} from '@followthrough/service-kit';
import { z } from 'zod';
import { QuestionReader } from '../outbound/question.reader';
import { AnswerQuestion } from '../usecases/answer-question';
import { answerBody, page, uuid } from './schemas';

const paged = z.object({ page });

/** Names of States in sources that nobody could resolve. */
@Controller('open-questions')
export class OpenQuestionsController {
  constructor(
    private readonly questions: QuestionReader,
    private readonly answering: AnswerQuestion,
  ) {}

  @Get()
  @Requires('imports.read')
  list(@Query(zodQuery(paged)) query: z.infer<typeof paged>) {
    return this.questions.open(query.page);
  }

  /** `stateCode` null: the name is of no State. */
  @Post(':id/answer')
  @HttpCode(200)
  @Requires('imports.write')
  async answer(
    @Param('id') id: string,
    @Body(zodBody(answerBody)) body: z.infer<typeof answerBody>,
    @Caller() caller: CallerIdentity,
  ) {
    if (!uuid.safeParse(id).success)
      throw new Problem('not-found', 'question-not-found', 'There is no such question.');
    return { changed: await this.answering.answer(caller, id, body.stateCode) };
  }
}
