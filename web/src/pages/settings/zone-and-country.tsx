import { useMemo } from "react";
import { countries } from "../../lib/countries.ts";
import { timeZones } from "../../lib/zone.ts";
import { Select } from "../../ui/field.tsx";

type Props = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint: string;
  /** What the empty choice means; without it there is none. */
  readonly none?: string;
};

export function TimeZoneSelect({ value, onChange, hint, none }: Props) {
  const all = useMemo(() => timeZones(), []);
  return (
    <Select label="Time zone" hint={hint} value={value} onChange={(event) => onChange(event.target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {value !== "" && !all.includes(value) && <option>{value}</option>}
      {all.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}

export function CountrySelect({ value, onChange, hint, none }: Props) {
  const all = useMemo(() => countries(), []);
  return (
    <Select label="Country of numbers" hint={hint} value={value} onChange={(event) => onChange(event.target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {all.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
