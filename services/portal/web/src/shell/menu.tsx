import { useEffect, useRef, type ReactNode } from 'react';

/** A panel that opens under a button: plain `details`, closed by Escape, by a click elsewhere and by choosing. */
export function Menu({
  label,
  name,
  className,
  children,
}: {
  /** What the button shows. */
  label: ReactNode;
  /** What it is called where the label is not shown. */
  name: string;
  className: string;
  children: ReactNode;
}) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const box = menu.current;
      if (!box?.open) return;
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (escape) box.querySelector('summary')?.focus();
      if (escape || (event.type === 'click' && !box.contains(event.target as Node))) box.open = false;
    };
    document.addEventListener('keydown', close);
    document.addEventListener('click', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('click', close);
    };
  }, []);
  const closeOnChoice = (event: React.MouseEvent) => {
    if ((event.target as Element).closest('a, button') && menu.current) menu.current.open = false;
  };
  return (
    <details className="menu" ref={menu}>
      <summary className={className} aria-label={name}>
        {label}
      </summary>
      <div className="menu-panel" onClick={closeOnChoice}>
        {children}
      </div>
    </details>
  );
}
