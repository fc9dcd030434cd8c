import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Trouble } from '../../api/client';
import {
  asked,
  type AnswerStatus,
  type AskedRecommendation,
  type OpenedTask,
  type SavedAnswer,
} from '../../api/rounds';

export interface Draft {
  status: AnswerStatus | null;
  text: string;
  /** One address a line. */
  links: string;
}
export type Saving = 'none' | 'waiting' | 'saving' | 'saved' | 'offline' | 'failed';

const PAUSE_MS = 900;
const AGAIN_MS = 4000;

const linksOf = (draft: Draft) =>
  draft.links
    .split(/\s+/)
    .filter(Boolean)
    .map((url) => ({ url, label: '' }));

/** A status that cannot stand alone waits for its words. */
export const needsWords = ({ status, text }: Draft): boolean =>
  (status === 'completed' || status === 'discontinued') && text.trim() === '';

/**
 * Saves an answer as it is written: one request at a time, the latest words after it, and again by itself where the
 * connection was lost.
 */
export function useSaving(taskId: string, { recommendationId, answer }: AskedRecommendation) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    status: answer && !answer.unchanged ? answer.status : null,
    text: answer?.text ?? '',
    links: answer?.links.map(({ url }) => url).join('\n') ?? '',
  });
  const [saving, setSaving] = useState<Saving>(answer ? 'saved' : 'none');
  const [error, setError] = useState<unknown>(null);
  const work = useRef({ latest: draft, version: answer?.version ?? 0, busy: false, dirty: false, timer: 0 });

  useEffect(() => {
    const held = work.current;
    const warn = (event: BeforeUnloadEvent) => {
      if (held.dirty || held.busy) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      clearTimeout(held.timer);
      if (held.dirty) void save();
    };
    // Only when the answer leaves the page.
  }, []);

  function keep(saved: SavedAnswer) {
    work.current.version = saved.version;
    cache.setQueryData<OpenedTask>(
      ['asked', taskId],
      (task) =>
        task && {
          ...task,
          recommendations: task.recommendations.map((one) =>
            one.recommendationId === recommendationId ? { ...one, answer: saved } : one,
          ),
        },
    );
  }

  async function run(send: () => Promise<SavedAnswer>) {
    const held = work.current;
    held.busy = true;
    setSaving('saving');
    setError(null);
    try {
      keep(await send());
      setSaving(held.dirty ? 'waiting' : 'saved');
    } catch (failure) {
      held.dirty = true;
      const away =
        failure instanceof Trouble && (failure.kind === 'offline' || failure.kind === 'unavailable');
      setSaving(away ? 'offline' : 'failed');
      setError(away ? null : failure);
      if (away) later(AGAIN_MS);
      return;
    } finally {
      held.busy = false;
    }
    if (held.dirty) later(0);
  }

  async function save() {
    const held = work.current;
    const { latest } = held;
    if (held.busy || !latest.status || needsWords(latest)) return;
    held.dirty = false;
    await run(() =>
      asked.save(taskId, recommendationId, held.version, {
        status: latest.status!,
        text: latest.text,
        links: linksOf(latest),
      }),
    );
  }

  function later(milliseconds: number) {
    clearTimeout(work.current.timer);
    work.current.timer = window.setTimeout(() => void save(), milliseconds);
  }

  return {
    draft,
    saving,
    error,
    write(change: Partial<Draft>) {
      const next = { ...work.current.latest, ...change };
      Object.assign(work.current, { latest: next, dirty: true });
      setDraft(next);
      setSaving('waiting');
      later(change.status ? 0 : PAUSE_MS);
    },
    noChange() {
      const held = work.current;
      if (held.busy) return;
      clearTimeout(held.timer);
      held.dirty = false;
      held.latest = { ...held.latest, status: null };
      setDraft(held.latest);
      void run(() => asked.noChange(taskId, recommendationId, held.version));
    },
  };
}
