import { handler, type Copy, type Handler } from '@followthrough/messaging';
import type { Recipients } from '../outbound/recipients';
import type { EraseMember } from '../usecases/erase-member';
import type { RemoveDemo } from '../usecases/remove-demo';
import type { WelcomeMember } from '../usecases/welcome-member';

/** Members who come and go, and the end of the demonstration. */
export function directory(
  welcomeMember: WelcomeMember,
  eraseMember: EraseMember,
  removeDemo: RemoveDemo,
): Handler[] {
  return [
    handler({
      events: ['portal.v1.MemberJoined', 'portal.v1.MemberChanged'],
      snapshots: true,
      handle: async (tx, batch) => {
        for (const { data, snapshot } of batch) {
          if (data.member) await welcomeMember.run(tx, data.member, snapshot);
        }
      },
    }),
    handler({
      events: ['portal.v1.MemberErased'],
      snapshots: true,
      handle: async (tx, batch) => {
        for (const { data } of batch) await eraseMember.run(tx, data.memberId);
      },
    }),
    handler({
      events: ['portal.v1.DemoDataRemoved'],
      snapshots: false,
      handle: async (tx) => removeDemo.run(tx),
    }),
  ];
}

/** A member whom the directory no longer knows is gone, though nobody has said so. */
export function memberCopy(recipients: Recipients, eraseMember: EraseMember): Copy {
  return {
    topic: 'portal.v1',
    keys: (tx, after, limit) => recipients.welcomed(tx, after, limit),
    forget: async (tx, ids) => {
      for (const id of ids) await eraseMember.run(tx, id);
    },
  };
}
