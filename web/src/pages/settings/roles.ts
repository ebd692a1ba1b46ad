/** What people may be, as the app calls it. */
export const roles = {
  ADMIN: { label: "Admin", meaning: "Everything, and decides who else may." },
  MEMBER: { label: "Member", meaning: "Reads and works with calls." },
  READER: { label: "Reader", meaning: "Reads, and changes nothing." },
} as const;
