import type { ComponentType, ReactNode } from "react";
import { lazyPart } from "./lazy-part.tsx";

export type DialogProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose?: () => void;
  readonly children: ReactNode;
  readonly width?: string;
};

/**
 * A dialog over the page: the focus stays inside and goes back to where it was. Escape and the close button call `onClose`;
 * without it the dialog stays until what it asks for is done.
 */
export const Dialog: ComponentType<DialogProps> = lazyPart(async () => (await import("./dialog-box.tsx")).DialogBox);
