// The pages to look at: everything that can be reached from the first page, a few of each kind.
const EACH = 3;

/** `/bodies/sampleford` and `/bodies/brokenbridge` are of one kind. */
function kind(url) {
  const parts = url.pathname.split("/").filter(Boolean);
  const first = parts[0] ?? "home";
  const rest = parts.length > 2 ? `/${parts.slice(2).join("/")}` : "";
  const asked = [...url.searchParams.keys()].sort().join("&");
  return `${first}${parts.length > 1 ? "/*" : ""}${rest}${asked ? `?${asked}` : ""}`;
}

/** Addresses by kind of page, in the order found; `browse(address)` gives the links of a page, or null where it is none. */
export async function pages(address, browse, each = EACH) {
  const kinds = new Map();
  const seen = new Set();
  const first = ["/", "/search?q=sample", "/search?q=ZZ1+1AC", "/search?q=ZZ9+9ZZ", "/gap?by=maker", "/no-such-page"];
  const queue = first.map((path) => new URL(path, address));
  while (queue.length > 0) {
    const url = queue.shift();
    url.hash = "";
    if (url.origin !== new URL(address).origin || seen.has(url.href)) continue;
    seen.add(url.href);
    const these = kinds.get(kind(url)) ?? [];
    if (these.length >= each) continue;
    const links = await browse(url.href);
    if (links === null) continue;
    kinds.set(kind(url), [...these, url.href]);
    queue.push(...links.map((link) => new URL(link, url)));
  }
  return kinds;
}
