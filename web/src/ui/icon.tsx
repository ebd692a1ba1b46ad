/** The app's own icons: strokes on a grid of 16, drawn in the colour of the text. */
const paths = {
  inbox:
    "M2.5 9.5 4.2 3.6h7.6l1.7 5.9v3a.9.9 0 0 1-.9.9H3.400a.9.9 0 0 1-.9-.9zM2.500 9.500h3.200l.8 1.500h3l.8-1.500h3.200",
  person:
    "M8 8a2.700 2.700 0 1 0 0-5.400A2.700 2.700 0 0 0 8 8zm-5.200 5.400c.5-2.400 2.500-3.700 5.200-3.700s4.700 1.300 5.200 3.700",
  "person-none":
    "M8 8a2.700 2.700 0 1 0 0-5.400A2.700 2.700 0 0 0 8 8zm-5.200 5.400c.4-1.900 1.700-3.100 3.500-3.500M10.200 10.600l3 3m0-3-3 3",
  missed: "M13.300 3.800 8.700 8.400 5 4.700M5 8V4.700h3.300M2.400 12.700c3.400-2.100 7.800-2.100 11.200 0",
  inbound: "M12.500 3.500l-8 8M10.500 11.500h-6v-6",
  outbound: "M3.500 12.500l8-8M5.500 4.500h6v6",
  voicemail:
    "M4.500 10.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zm7 0a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zm-7 0h7",
  archive: "M2.500 3.500h11v2.700h-11zM3.500 6.200v5.900c0 .5.3.8.8.8h7.400c.5 0 .8-.3.8-.8V6.200M6.500 8.700h3",
  restore: "M3 6.500h6.500a3.200 3.200 0 0 1 0 6.400H6M5.600 3.900 3 6.500l2.600 2.600",
  all: "M2.700 4h10.600M2.700 8h10.600M2.700 12h10.600",
  insights: "M3 13V8.500M8 13V3M13 13V6",
  sources:
    "M8 9.200a1.200 1.200 0 1 0 0-2.400 1.200 1.200 0 0 0 0 2.400zM5.200 10.800a4 4 0 0 1 0-5.600m5.600 0a4 4 0 0 1 0 5.600M3.100 12.900a7 7 0 0 1 0-9.800m9.800 0a7 7 0 0 1 0 9.800",
  settings:
    "M2.500 4.700h5m4 0h2M9.500 6.500a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600zM2.500 11.300h2m4 0h5M6.500 13.100a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z",
  note: "M3 3.500h10v6.700l-2.800 2.800H3.800a.8.800 0 0 1-.8-.8zM5.500 6.200h5m-5 2.600h3",
  close: "M4 4l8 8m0-8-8 8",
  back: "M9.800 3.500 5.300 8l4.500 4.500",
  next: "M6.200 3.500 10.700 8l-4.500 4.500",
  down: "M4 6.200l4 4 4-4",
  up: "M4 9.800l4-4 4 4",
  first: "M11.800 3.500 7.300 8l4.500 4.500M4.200 3.500v9",
  last: "M4.200 3.500 8.700 8l-4.500 4.500M11.800 3.500v9",
  search: "M7.200 11.400a4.200 4.200 0 1 0 0-8.400 4.200 4.200 0 0 0 0 8.400zM10.300 10.300l3.200 3.200",
  filter: "M2.500 4h11M4.500 8h7m-5 4h3",
  plus: "M8 3.500v9M3.500 8h9",
  check: "M3.500 8.500l3 3 6-7",
  copy: "M5.800 5.800h6.700v6.700H5.800zM10.200 5.800V3.500H3.500v6.700h2.300",
  alert: "M8 2.800 14 13H2zM8 6.800v2.700m0 1.700v.1",
  keyboard: "M2 4.500h12v7H2zM4.500 7h.1m2.200 0h.1m2.200 0h.1m2.200 0h.1M5.500 9.300h5",
  more: "M4 8h.1M8 8h.1M12 8h.1",
  sun: "M8 10.700a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400zM8 1.800v1.400m0 9.600v1.400M1.800 8h1.400m9.600 0h1.400M3.600 3.600l1 1m6.800 6.800 1 1m0-8.800-1 1m-6.800 6.800-1 1",
  leave: "M6.500 3H3.800a.8.800 0 0 0-.8.800v8.400c0 .4.400.8.800.8h2.700M10 5l3 3-3 3m3-3H6.500",
  send: "M2.800 7.200 13.200 3l-4 10.200-1.900-4.400zM7.300 8.800 13.200 3",
  key: "M6 12.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM8 8l5-5m-2 2 1.800 1.800",
  download: "M8 3v7M5 7.300 8 10.300l3-3M3 13h10",
  tag: "M2.800 2.800h5l5.600 5.600-5 5-5.600-5.600zM5.500 5.500h.1",
  calendar: "M3 4h10v9H3zM3 7h10M5.500 2.500V5m5-2.500V5",
  bookmark: "M4.500 2.800h7v10.400L8 10.600l-3.500 2.600z",
} as const;

export type IconName = keyof typeof paths;

/** Decoration beside a text, or inside something that has an `aria-label`: those who hear the page do not hear it. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className === undefined ? "shrink-0" : `shrink-0 ${className}`}
    >
      <path d={paths[name]} />
    </svg>
  );
}
