// problems puts what a refused form complains of into the order of its fields, so that who
// goes from the list to the first field goes down the page, and not up and down.
export function problems(root) {
  const arrange = () => {
    for (const list of root.querySelectorAll("[data-problems] ul")) arranged(root, list);
  };
  arrange();
  root.addEventListener("htmx:after:swap", arrange);
}

function arranged(root, list) {
  const field = (line) => root.getElementById(line.firstElementChild.hash.slice(1));
  const before = [...list.children];
  const after = [...before].sort((a, b) => {
    const [x, y] = [field(a), field(b)];
    if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
    return x.compareDocumentPosition(y) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
  if (after.some((line, n) => line !== before[n])) list.append(...after);
}
