/** Kinds of evidence that are kept, told by their first bytes; what a name or a browser says is not asked. */
const kinds: { mediaType: string; extension: RegExp; magic: number[][] }[] = [
  { mediaType: 'application/pdf', extension: /\.pdf$/i, magic: [[0x25, 0x50, 0x44, 0x46, 0x2d]] },
  { mediaType: 'image/jpeg', extension: /\.jpe?g$/i, magic: [[0xff, 0xd8, 0xff]] },
  { mediaType: 'image/png', extension: /\.png$/i, magic: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] },
];

/** Formats that are containers of many things are taken for what the checked parser says they are. */
const office: Record<string, { mediaType: string; extension: string }> = {
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: '.docx',
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: '.xlsx',
  },
};

export const MOST_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 10;

/**
 * The media type under which a file is kept, null where it is of no kind that is.
 * @param container what the zip reader found, where it is a container
 */
export function evidenceType(head: Buffer, container: string | null): string | null {
  if (container !== null) return office[container]?.mediaType ?? null;
  const kind = kinds.find(({ magic }) => magic.some((bytes) => bytes.every((byte, at) => head[at] === byte)));
  return kind?.mediaType ?? null;
}

/** A name without folders and control or direction signs, with the ending that belongs to what the file is. */
export function evidenceName(given: string, mediaType: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
    .slice(-120);
  const kind = kinds.find((one) => one.mediaType === mediaType);
  const wanted = Object.values(office).find((one) => one.mediaType === mediaType)?.extension;
  const fits = kind ? kind.extension.test(plain) : plain.toLowerCase().endsWith(wanted ?? '');
  const ending = wanted ?? `.${mediaType.split('/')[1]}`;
  return fits && plain !== ending ? plain : `${plain || 'file'}${ending}`;
}
