import { useRouter } from "@tanstack/react-router";
import type { ComponentProps } from "react";

/** A link to a list of calls: without loading the page anew, unless the browser is asked for a tab or a window. */
export function MarkLink({ href, onClick, children, ...rest }: ComponentProps<"a"> & { readonly href: string }) {
  const { history } = useRouter();
  return (
    <a
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.push(href);
      }}
      {...rest}
    >
      {children}
    </a>
  );
}
