import { Link } from "@tanstack/react-router";
import { Empty } from "../../ui/states.tsx";

/** Inside the shell: an address of the app that names nothing. */
export function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <Empty
        icon="search"
        title="There is nothing here"
        action={
          <Link to="/" className="font-medium text-accent underline">
            Go to the inbox
          </Link>
        }
      >
        The address may be mistyped, or what it named is gone.
      </Empty>
    </>
  );
}
