// Further cards, for elements with a `more` attribute: the next page of their
// feed, and the button pressed as the reader nears it.

let nearing; // the observer of buttons that need not be pressed
const followed = new WeakSet(); // elements

/** Asks for the page of a feed that is at `next`, undefined past the end; without a feed, follows the element's button. */
export default (loader, element, feed, next) => (feed ? fetchNext(loader, element, feed, next) : follow(loader, element));

const fetchNext = async (loader, element, feed, next) => {
  const { acquire_: acquire, release_: release, query_: query, report_: report, URL_: URL } = loader;
  try {
    feed.next_ ||= acquire(query(new URL(next), 0));
    await feed.next_.arrived_;
    return feed.next_;
  } catch (error) {
    release(feed.next_);
    feed.next_ = undefined;
    // WordPress's answer to a page after the last one.
    if (error.status_ === 400) return;
    report(element, error);
    throw error;
  }
};

const follow = ({ kept_: [, IntersectionObserver] }, element) => {
  nearing ||= new IntersectionObserver(
    // Not a reader's click: it does not bubble.
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && target.dispatchEvent(new Event("click"))),
    { rootMargin: "0px 0px 50% 0px" },
  );
  observe(element);
  if (followed.has(element)) return;
  followed.add(element);
  element.addEventListener("kabar-more", () => observe(element));
};

const observe = (element) => {
  const button = element.shadowRoot.querySelector("button.more");
  if (!button) return;
  nearing.unobserve(button); // or it would not be told again of one that is still in sight
  if (/^scroll$/i.test(element.getAttribute("more"))) nearing.observe(button);
};
