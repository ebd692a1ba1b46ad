import type { CallType, Direction } from "../../domain/call.ts";
import type { Random } from "./random.ts";

/** A note such as somebody at the front desk leaves on a call of this kind. */
export function noteText(callType: CallType, direction: Direction, random: Random): string {
  const fitting = direction === "inbound" ? texts[callType] : [...outbound[callType], ...shared];
  return random
    .pick(fitting)
    .replace(/\{(\w+)\}/g, (_, slot: string) => (slot === "n" ? String(random.whole(2040, 9870)) : fill(slot, random)));
}

function fill(slot: string, random: Random): string {
  return random.pick(words[slot as keyof typeof words]);
}

const words = {
  name: [
    "Mr Okafor",
    "Ms Lindqvist",
    "Helen",
    "Mr Baptiste",
    "Tom",
    "Dr Weiss",
    "Frau Neumann",
    "Chloé",
    "Ana",
    "Mrs Patel",
  ],
  colleague: ["Sam", "Priya", "Jonas", "Léa", "Mia"],
  day: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
  time: ["at 9:30", "at 10", "at 11:15", "at 14:00", "around 15:30", "after lunch", "before noon", "before we close"],
  team: ["accounts", "support", "the warehouse", "sales", "HR"],
} as const;

const shared = [
  "Prefers email, see ticket {n}.",
  "Asked to speak to {colleague} next time.",
  "Sent the summary by email.",
  "Contract renewal is due next month, {colleague} follows up.",
];

const texts: Record<CallType, readonly string[]> = {
  answered: [
    "Wants invoice {n} sent again, passed on to {team}.",
    "Delivery for order {n} moved to {day}.",
    "{name} asked for a quote, {colleague} sends it today.",
    "Sorted: password reset, was locked out since {day}.",
    "Happy with the last visit, no action needed.",
    "Complaint about order {n}. Apologised, refund approved.",
    "New address, already changed in the system.",
    "Transferred to {team}.",
    "{name} will call again on {day} {time}.",
    "Router at the branch is down, ticket {n} opened.",
    "Asked about opening hours over the holidays.",
    "Booked an appointment: {day} {time}.",
    "Spoke a while, wants a demo for three people. Promising!",
    "Wrong department, gave them the direct number of {team}.",
    ...shared,
  ],
  missed: [
    "Called back, nobody picked up. Will try again on {day}.",
    "Called back: all good, question about invoice {n}.",
    "Rang twice and hung up. Known number, {name}.",
    "We were all on other calls, sorry. {colleague} calls back.",
    "Called back {time}, engaged.",
    "Third missed call this week, please somebody take this one.",
    "Called back, wants to cancel order {n}.",
    "Emailed {name} instead.",
  ],
  voicemail: [
    "Message: please call back about order {n}.",
    "Message from {name}, wants to move the appointment to {day}.",
    "Voicemail is just noise, could not make out a word.",
    "Asks for a copy of contract {n}. Sent.",
    "Supplier, about the delivery on {day}. {colleague} knows.",
    "Message listened to, called back, done.",
    "Wants a call on {day} {time}. Put it in {colleague}'s calendar.",
    "Urgent: alarm at the Paris office! Passed on to {team}.",
  ],
};

const outbound: Record<CallType, readonly string[]> = {
  answered: [
    "Told {name} that order {n} is on its way.",
    "Reminder of the open invoice {n}, pays on {day}.",
    "Quote {n} accepted.",
    "Needs another week to decide, call again on {day}.",
    "Checked whether the repair holds. It does.",
    "{name} asked for a better price, discussing it with {colleague}.",
  ],
  missed: [
    "No answer, trying again {time}.",
    "Engaged.",
    "Number rings out, is it still right?",
    "Second attempt, nobody there.",
  ],
  voicemail: [
    "Left a message about invoice {n}.",
    "Left a message, asked {name} to call {colleague} back.",
    "Mailbox full.",
  ],
};
