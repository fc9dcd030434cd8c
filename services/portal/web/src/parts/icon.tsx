/** A drawing of `src/icons`, by file name. `mirrored` turns it round where the script runs from right to left. */
export function Icon({ name, mirrored }: { name: string; mirrored?: boolean }) {
  return (
    <svg className={mirrored ? 'icon mirrored' : 'icon'} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
