import { factKey, wayOf } from './notice';

describe('factKey', () => {
  it('names fact, subject and version; a restored database counts anew', () => {
    expect(factKey('recorded', 'r', { generation: 0, version: 3 })).toBe('recorded:r:3');
    expect(factKey('recorded', 'r', { generation: 1, version: 3 })).toBe('recorded:r:1.3');
    expect(factKey('correction', 'i')).toBe('correction:i');
  });
});

describe('wayOf', () => {
  it('mails as soon as the most impatient subscription by mail asks', () => {
    expect(
      wayOf([
        { id: 'b', cadence: 'weekly', channels: ['email'] },
        { id: 'a', cadence: 'daily', channels: ['email', 'inbox'] },
        { id: 'c', cadence: 'immediate', channels: ['inbox'] },
      ]),
    ).toEqual({ inInbox: true, cadence: 'daily', because: ['a', 'b', 'c'] });
    expect(wayOf([{ id: 'c', cadence: 'immediate', channels: ['inbox'] }]).cadence).toBeNull();
    expect(wayOf([{ id: 'c', cadence: 'immediate', channels: ['email'] }]).inInbox).toBe(false);
  });
});
