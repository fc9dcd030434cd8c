import { useEffect, type ReactNode } from 'react';

/** Names the page in the window's title and in the history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Followthrough` : 'Followthrough';
  }, [title]);
}

/** Heading, one sentence and what stands beside them. */
export function PageTop(props: {
  title: string;
  heading?: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  useTitle(props.title);
  return (
    <header className="page-top">
      <h1>{props.heading ?? props.title}</h1>
      {props.lead && <p className="lead">{props.lead}</p>}
      {props.children}
    </header>
  );
}
