import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { withData } from "../with-data.ts";

export const addKeys: AddCommand = (program) => {
  const keys = program
    .command("keys")
    .summary("Replace the keys that sign tokens.")
    .description("The keys that tokens are signed with. They replace themselves every 30 days.");

  const rotate = keys
    .command("rotate")
    .description(
      "Signs with new keys from now on. Tokens that are out stay good for their time, so nobody is signed out; a running server takes the new keys up by itself.",
    )
    .action(async () => {
      await withData(rotate, "existing", async ({ rotateKeys }) => rotateKeys());
      process.stdout.write("New keys sign from now on.\n");
    });
  addSettingFlags(rotate, ["data", "database", "keysSecret", "logLevel"]);
};
