import { type Example, example } from "./example.ts";

/** Tabs for names and numbers. */
export const contactExamples: readonly Example[] = [
  example(
    `# By name; the words of search begin words of the name or company.
query Contacts($search: String) {
  contacts(search: $search, first: 20) {
    nodes {
      id
      name
      company
      numbers {
        number {
          international
        }
        label
        isShown
      }
    }
    hasNextPage
    endCursor
  }
}
`,
    { search: "" },
  ),
  example(
    `query Contact($id: ID!) {
  contact(id: $id) {
    name
    company
    updatedAt
  }
}
`,
    { id: "" },
  ),
  example(
    `# Calls with this number show the contact from now on.
mutation AddContact($input: ContactInput!) {
  addContact(input: $input) {
    id
    name
  }
}
`,
    { input: { name: "Emily", company: "Acme", numbers: [{ number: "+44 20 7946 0123", label: "work" }] } },
  ),
  example(
    `# Replaces all that the contact says.
mutation UpdateContact($id: ID!, $input: ContactInput!) {
  updateContact(id: $id, input: $input) {
    id
    name
  }
}
`,
    { id: "", input: { name: "Emily", numbers: [{ number: "+44 20 7946 0123" }] } },
  ),
  example(
    `mutation DeleteContact($id: ID!) {
  deleteContact(id: $id)
}
`,
    { id: "" },
  ),
  example(
    `# At once, and whenever names of calls may have altered.
subscription ContactsChanged {
  contactsChanged
}
`,
  ),
  example(
    `# What contactsChanged tells, for who asks now and then.
query ContactsRevision {
  contactsRevision
}
`,
  ),
  example(
    `# Where numbers without a country code belong.
query DefaultCountries {
  defaultCountries {
    country
    sourceId
  }
}
`,
  ),
  example(
    `mutation SetDefaultCountry($country: String) {
  setDefaultCountry(country: $country) {
    country
    sourceId
  }
}
`,
    { country: "GB" },
  ),
];
