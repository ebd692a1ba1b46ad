/** From a field of the open call to the call itself, where single keys act and Escape closes it. */
export function focusPanel(field: HTMLElement): void {
  field.closest<HTMLElement>("[data-panel]")?.focus({ preventScroll: true });
}
