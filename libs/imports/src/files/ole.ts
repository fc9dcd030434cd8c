/**
 * The OLE2 compound file under .xls, .doc and password-protected Office files ([MS-CFB]), as far as it takes to
 * say what is inside and whether all of it is there. Broken chains are followed as far as they go: UPR Info
 * served such files for years, and Excel opened them.
 */
export interface OleEntry {
  name: string;
  /** bytes that the directory promises */
  size: number;
  /** the file ends before the promised bytes do */
  cutOff: boolean;
  start: number;
}

const HEADER_BYTES = 512;
const MINI_STREAM_CUTOFF = 4096;
const LAST_SECTOR = 0xfffffffa;
const DIRECTORY_ENTRY_BYTES = 128;

/** Streams of the file by directory order; null when not even the directory can be read. */
export function oleEntries(file: Buffer): OleEntry[] | null {
  if (file.length < HEADER_BYTES) return null;
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const fat = allocationTable(file, shift);
  const directory = readChain(file, shift, fat, file.readUInt32LE(48), Number.MAX_SAFE_INTEGER);
  const entries: OleEntry[] = [];
  for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= directory.length; at += DIRECTORY_ENTRY_BYTES) {
    if (directory[at + 66] !== 2) continue;
    const nameBytes = Math.min(directory.readUInt16LE(at + 64), 64);
    const name = directory.toString('utf16le', at, at + Math.max(nameBytes - 2, 0));
    const start = directory.readUInt32LE(at + 116);
    const size = directory.readUInt32LE(at + 120);
    entries.push({ name, size, start, cutOff: isCutOff(file, shift, fat, start, size) });
  }
  return directory.length === 0 ? null : entries;
}

/** The bytes of a stream of 4,096 bytes or more, as many as its chain reaches. */
export function readOleStream(file: Buffer, entry: OleEntry): Buffer {
  const shift = file.readUInt16LE(30);
  return readChain(file, shift, allocationTable(file, shift), entry.start, entry.size).subarray(
    0,
    entry.size,
  );
}

/** Every sector's successor. The table's own sectors are listed in the header and, beyond 109, in a chain. */
function allocationTable(file: Buffer, shift: number): Uint32Array {
  const sectorBytes = 1 << shift;
  const tableSectors: number[] = [];
  for (let i = 0; i < 109; i += 1) {
    const sector = file.readUInt32LE(76 + i * 4);
    if (sector < LAST_SECTOR) tableSectors.push(sector);
  }
  let more = file.readUInt32LE(68);
  const seen = new Set<number>();
  while (more < LAST_SECTOR && !seen.has(more)) {
    seen.add(more);
    const at = (more + 1) << shift;
    if (at + sectorBytes > file.length || at < 0) break;
    for (let i = 0; i < sectorBytes - 4; i += 4) {
      const sector = file.readUInt32LE(at + i);
      if (sector < LAST_SECTOR) tableSectors.push(sector);
    }
    more = file.readUInt32LE(at + sectorBytes - 4);
  }
  const fat = new Uint32Array(tableSectors.length * (sectorBytes / 4)).fill(0xffffffff);
  tableSectors.forEach((sector, index) => {
    const at = (sector + 1) * sectorBytes;
    for (let i = 0; i + 4 <= sectorBytes && at + i + 4 <= file.length; i += 4) {
      fat[index * (sectorBytes / 4) + i / 4] = file.readUInt32LE(at + i);
    }
  });
  return fat;
}

function readChain(file: Buffer, shift: number, fat: Uint32Array, start: number, size: number): Buffer {
  const sectorBytes = 1 << shift;
  const sectors: Buffer[] = [];
  let sector = start;
  for (
    let read = 0;
    sector < LAST_SECTOR && read < size && sectors.length <= fat.length;
    read += sectorBytes
  ) {
    const at = (sector + 1) * sectorBytes;
    if (at >= file.length) break;
    sectors.push(file.subarray(at, at + sectorBytes));
    sector = fat[sector] ?? 0xfffffffe;
  }
  return Buffer.concat(sectors);
}

function isCutOff(file: Buffer, shift: number, fat: Uint32Array, start: number, size: number): boolean {
  if (size < MINI_STREAM_CUTOFF) return false;
  return readChain(file, shift, fat, start, size).length < size;
}
