// Elements take turns. Many at once would keep a slow phone from answering its
// reader, and the browser draws a page anew in between: for a hundred elements
// with a task for each, that takes twice as long as the elements themselves.

const SHARE = 24; // milliseconds of a task: with an element more still below the 50 of a long one on a cheap phone

/** Resolves in a task of its own. */
export const task = () =>
  new Promise((resolve) => {
    if (!window.MessageChannel) return setTimeout(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });

const PATIENCE = 500; // milliseconds

/** Resolves when these promises have ended one way or the other, or half a second has passed. The timers are the loader's, and of a page's `Promise` no more is needed than elsewhere. */
export const ended = (promises, setTimeout, clearTimeout) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    Promise.all(promises.map((promise) => promise?.catch(() => {}))).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });

let line = Promise.resolve();
let end; // when the task that runs is to leave the rest to the next one

/** Runs an action when those before it are done; gives what it gives. The first one in a page has its task to itself. */
export const inTurn = (action) => {
  const turn = line.then(async () => {
    if (!(Date.now() < end)) {
      if (end) await task();
      end = end ? Date.now() + SHARE : 1;
    }
    return action();
  });
  line = turn.catch(() => {});
  return turn;
};
