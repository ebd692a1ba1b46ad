/** A call as clients hold it: every field that is not looked up anew for each answer. */
export type CallView = {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly duration: number;
  readonly call_type: "answered" | "missed" | "voicemail";
  readonly created_at: string;
  readonly is_archived: boolean;
  readonly notes: readonly NoteView[];
  readonly tags: readonly string[];
  readonly assignee: PersonView | null;
  readonly revision: number;
};

export type NoteView = {
  readonly id: string;
  readonly content: string;
  readonly author: PersonView | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
};

export type PersonView = { readonly id: string; readonly username: string };

/** A change as clients see it. */
export type ChangeView = {
  readonly cursor: string;
  readonly kind: string;
  readonly revision: number;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly call: CallView;
};

/** The selection of {@link CallView}. */
export const callFields = `id direction from to via duration call_type created_at is_archived
  notes { id content author { id username } createdAt editedAt } tags assignee { id username } revision`;

/** The selection of {@link ChangeView}. */
export const changeFields = `cursor kind revision actor { kind id } call { ${callFields} }`;
