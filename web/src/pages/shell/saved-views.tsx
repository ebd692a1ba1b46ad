/** The place of saved views in the rail: links under a heading. Nothing while nobody saved one. */
export function SavedViews() {
  return null;
}
