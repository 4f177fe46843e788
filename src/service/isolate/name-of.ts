import { unnamed } from "../../client/unnamed.ts";
import type { Catalog } from "../../discovery/catalog.ts";

/**
 * The name of a job that a handler wants to enqueue: the process knows it by nothing else. One of another domain, given by what its
 * file exports, is found once the whole project is loaded, which most threads never need.
 */
export function createNameOf(
  own: Catalog,
  loadWhole: () => Promise<Catalog>,
): (job: unknown) => string | Promise<string> {
  let whole: Promise<Catalog> | undefined;

  async function search(job: unknown): Promise<string> {
    whole ??= loadWhole();
    const found = (await whole).jobOf(job);
    if (!found) throw unnamed(false);
    return found.name;
  }
  return (job) => (typeof job === "string" ? job : (own.jobOf(job)?.name ?? search(job)));
}
