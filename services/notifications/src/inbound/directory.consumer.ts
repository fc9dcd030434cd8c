import { handler, type Handler } from '@followthrough/messaging';
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
        for (const { data } of batch) if (data.member) await welcomeMember.run(tx, data.member);
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
