import { endOf, readConfig } from '@followthrough/service-kit';
import { waitFor } from '@followthrough/testing';
import { FrontDoor } from './front-door';

describe('the front door', () => {
  it('gives those who wait their answer when it closes, and nobody new is let in', async () => {
    const door = await FrontDoor.take(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }, __dirname));
    let waiting = false;
    door.open((_request, response) => {
      endOf(response).addEventListener('abort', () => response.json([]));
      waiting = true;
    });
    const address = `http://127.0.0.1:${door.port}/`;
    const answer = fetch(address);
    await waitFor(() => waiting);
    const closed = door.close();
    expect(await (await answer).json()).toEqual([]);
    await closed;
    await expect(fetch(address)).rejects.toThrow();
  });
});
