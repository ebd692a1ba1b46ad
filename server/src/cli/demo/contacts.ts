import { randomUUID } from "node:crypto";
import type { NewContact } from "../../domain/contact.ts";
import type { DemoCall } from "./calls.ts";
import { type Place, placeOf } from "./numbers.ts";
import { createRandom } from "./random.ts";

/**
 * Names for those who call most, `count` at most, as people are called where their number is. Some are of a company, and a few
 * are a company alone. The same seed and calls give the same names.
 */
export function generateContacts(calls: readonly DemoCall[], count: number, seed: number): readonly NewContact[] {
  const random = createRandom(seed);
  const callsOf = new Map<string, number>();
  for (const { direction, from, to } of calls) {
    const number = direction === "inbound" ? from : to;
    callsOf.set(number, (callsOf.get(number) ?? 0) + 1);
  }
  const known = new Set<string>();
  return [...callsOf]
    .toSorted(([a, before], [b, after]) => after - before || (a < b ? -1 : 1))
    .slice(0, count)
    .flatMap(([e164]) => {
      const place = placeOf(e164);
      if (place === null) return [];
      const { first, last, companies } = names[place];
      const company = random.chance(0.55) ? `${random.pick(last)} ${random.pick(companies)}` : null;
      const person = `${random.pick(first)} ${random.pick(last)}`;
      const name = company !== null && random.chance(0.15) ? company : person;
      // Nobody twice: the second of a name would be taken for the first with another number.
      if (known.has(name)) return [];
      known.add(name);
      const label = random.chance(0.5) ? (random.chance(0.6) ? "work" : "mobile") : null;
      return [{ id: randomUUID(), name, company: company === name ? null : company, numbers: [{ e164, label }] }];
    });
}

type Names = {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly companies: readonly string[];
};

const listOf = (text: string) => text.split(" ");

/** Common names of each country; what a company does there comes after a family's name. */
const names: Record<Place, Names> = {
  london: {
    first: listOf(
      "Amelia Oliver Isla George Priya Harry Grace Jack Aisha Charlie Freya Thomas Zara Alfie Niamh Samuel",
    ),
    last: listOf(
      "Smith Jones Taylor Brown Patel Wilson Evans Khan Walker Hughes Green Edwards Begum Clarke Hall Baker",
    ),
    companies: ["Logistics", "& Sons", "Interiors", "Dental Care", "Lettings", "Bakery"],
  },
  newYork: {
    first: listOf("Emma Liam Sofia Noah Maya Ethan Ava Mateo Chloe Lucas Zoe Daniel Naomi Caleb Hannah Isaac"),
    last: listOf(
      "Johnson Garcia Miller Davis Rodriguez Chen Martinez Kim Anderson Cohen Moore Nguyen Lopez Wright Rivera Adams",
    ),
    companies: ["Plumbing", "Supply Co.", "Realty", "Family Dental", "Catering", "Partners"],
  },
  paris: {
    first: listOf("Camille Hugo Léa Louis Manon Jules Chloé Gabriel Inès Raphaël Zoé Antoine Jeanne Karim Élise Théo"),
    last: listOf(
      "Martin Bernard Dubois Petit Durand Leroy Moreau Lefèvre Roux Benali Garnier Faure Rousseau Mercier Blanc Chevalier",
    ),
    companies: ["& Fils", "Traiteur", "Immobilier", "Optique", "Transports", "Conseil"],
  },
  berlin: {
    first: listOf("Anna Lukas Lena Jonas Mia Felix Emre Hannah Paul Leonie Jürgen Klara Moritz Aylin Greta Stefan"),
    last: listOf(
      "Müller Schmidt Schneider Fischer Weber Yılmaz Wagner Becker Schulz Hoffmann Köhler Richter Krüger Braun Vogel Lehmann",
    ),
    companies: ["Haustechnik", "GmbH", "Logistik", "Zahnärzte", "Gartenbau", "& Partner"],
  },
  sydney: {
    first: listOf(
      "Charlotte Jack Olivia William Ruby Lachlan Matilda Cooper Mei Hamish Sienna Angus Tahlia Bodhi Imogen Riley",
    ),
    last: listOf(
      "Williams Nguyen Campbell Kelly Singh Murphy Ryan Wong Robinson Thompson White Harris Martin Stewart Fraser Doyle",
    ),
    companies: ["Electrical", "Surf Co.", "Builders", "Veterinary", "Landscapes", "Freight"],
  },
};
