/** Holds up whoever awaits it until it is opened. */
export function gate(): { passed: Promise<void>; open(): void } {
  let open = () => undefined as void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
