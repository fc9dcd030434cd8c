import { createContext, useEffect, useId, useState, type ReactNode } from 'react';

/** The box around a component, if there is one: what pops up in it has to be inside it to be seen. */
export const BoxContext = createContext<HTMLDialogElement | null>(null);

/** A modal box; the browser keeps the focus in it and Escape closes it. */
export function Box({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const [box, setBox] = useState<HTMLDialogElement | null>(null);
  const id = useId();
  useEffect(() => box?.showModal(), [box]);
  return (
    <dialog className="box" ref={setBox} aria-labelledby={id} onClose={close}>
      <BoxContext value={box}>
        <div className="box-body">
          <h2 id={id}>{title}</h2>
          {children}
        </div>
      </BoxContext>
    </dialog>
  );
}
