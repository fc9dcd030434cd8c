import { docxFile, zipFile } from '@followthrough/imports/fixtures';
import { openZip } from './zip';

async function read(bytes: Buffer, name: string): Promise<number> {
  const zip = await openZip({ bytes });
  let length = 0;
  for await (const chunk of zip.content(name)) length += chunk.length;
  return length;
}

describe('openZip', () => {
  it('reads an entry', async () => {
    const zip = await openZip({ bytes: zipFile([{ name: 'a.xml', content: '<a/>' }]) });
    expect(await zip.text('a.xml', 100)).toBe('<a/>');
    expect([...zip.names()]).toEqual(['a.xml']);
  });

  it('refuses a bomb before anything is unpacked', async () => {
    const bomb = zipFile([{ name: 'word/document.xml', content: Buffer.alloc(20 * 1024 * 1024, 0x20) }]);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(openZip({ bytes: bomb })).rejects.toThrow('zip bomb');
  });

  it('refuses many parts that are harmless alone', async () => {
    const parts = Array.from({ length: 40 }, (_, i) => ({
      name: `${i}`,
      content: 'x',
      claimedBytes: 0x7fffffff,
    }));
    await expect(openZip({ bytes: zipFile(parts) })).rejects.toThrow('zip bomb');
  });

  it('refuses more parts than a document has', async () => {
    const parts = Array.from({ length: 21 }, (_, i) => ({ name: `${i}`, content: '' }));
    const limits = { entries: 20, totalBytes: 1e9, ratio: 150, freeBytes: 1e6 };
    await expect(openZip({ bytes: zipFile(parts) }, limits)).rejects.toThrow('more than 20 parts');
  });

  it('stops an entry that is longer than it claims', async () => {
    const liar = zipFile([{ name: 'a', content: Buffer.alloc(10_000_000), claimedBytes: 1000 }]);
    await expect(read(liar, 'a')).rejects.toThrow('damaged inside');
  });

  it('says that a file is cut off', async () => {
    const whole = docxFile({ blocks: ['Text'] });
    await expect(openZip({ bytes: whole.subarray(0, whole.length - 30) })).rejects.toThrow('cut off');
  });

  it('sees a wrong checksum', async () => {
    const bytes = zipFile([{ name: 'a', content: 'some text' }]);
    bytes[bytes.length - 22 - 46 - 1 + 16] = 0x5a;
    await expect(read(bytes, 'a')).rejects.toThrow('differs from its checksum');
  });

  it('says that an entry is damaged', async () => {
    const bytes = zipFile([{ name: 'a', content: 'some text '.repeat(500) }]);
    bytes.fill(0xff, 40, 60);
    await expect(read(bytes, 'a')).rejects.toThrow('damaged inside');
  });
});
