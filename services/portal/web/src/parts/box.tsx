import { useEffect, useId, useRef, type ReactNode } from 'react';

/** A modal box; the browser keeps the focus in it and Escape closes it. */
export function Box({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog className="box" ref={box} aria-labelledby={id} onClose={close}>
      <div className="box-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
