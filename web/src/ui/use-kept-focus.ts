import { useEffect } from "react";

/** An element on the way from the one with the focus up to the page, and what stood around it. */
type Step = {
  readonly element: HTMLElement;
  readonly next: Element | null;
  readonly previous: Element | null;
};

/**
 * Keeps the focus in the page. Where the element that has it is taken away, disabled or covered, who works by keyboard would begin
 * at the top again. It goes to the neighbour in the same list, else to what the element was a part of: an open call, the list, the
 * page. What an action itself sees to goes first: this looks two frames later. Once, in the root.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let path: readonly Step[] = [];
    let frame = 0;
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) path = pathOf(target);
    };
    const look = () => {
      if (frame !== 0 || path.length === 0 || hasFocus()) return;
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          frame = 0;
          keep();
        });
      });
    };
    const keep = () => {
      const [lost] = path;
      if (lost === undefined || hasFocus()) return;
      // Left by the person, with a pointer say.
      if (canHaveFocus(lost.element)) path = [];
      else placeInstead(path)?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ["disabled", "inert", "hidden"],
    });
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", look);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", look);
    };
  }, []);
}

function hasFocus(): boolean {
  return document.activeElement !== null && document.activeElement !== document.body;
}

function pathOf(focused: HTMLElement): readonly Step[] {
  const path: Step[] = [];
  for (let element: HTMLElement | null = focused; element !== null; element = element.parentElement)
    path.push({ element, next: element.nextElementSibling, previous: element.previousElementSibling });
  return path;
}

/** Null while there is nothing that could have it, as between two pages. */
function placeInstead(path: readonly Step[]): HTMLElement | null {
  for (const { element, next, previous } of path) {
    if (element.isConnected) {
      if (element.hasAttribute("tabindex") && canHaveFocus(element)) return element;
    } else if (element.matches("li")) {
      const neighbour = firstWithin(next) ?? firstWithin(previous);
      if (neighbour !== null) return neighbour;
    }
  }
  return document.querySelector("main");
}

function firstWithin(place: Element | null): HTMLElement | null {
  const all = place?.isConnected === true ? place.querySelectorAll<HTMLElement>("a[href], button, input") : [];
  return [...all].find(canHaveFocus) ?? null;
}

function canHaveFocus(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(":disabled") &&
    element.closest("[inert]") === null &&
    element.checkVisibility({ visibilityProperty: true })
  );
}
