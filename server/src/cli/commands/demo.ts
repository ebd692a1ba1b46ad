import type { AddCommand } from "../program.ts";

export const addDemo: AddCommand = (program) => {
  program.command("demo").action(() => {});
};
