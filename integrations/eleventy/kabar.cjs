// Kabar for Eleventy: the shortcode `kabar`. In eleventy.config.js:
//
//   import kabar from "./kabar.cjs";
//   export default (config) => { config.addPlugin(kabar); };
//
// Options: `folder`, the address of the folder with Kabar's files, and `feed`.
const escape = (text) => String(text).replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** `limit="3" layout="list"` as an object. */
const parse = (text) => Object.fromEntries(Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, name, value]) => [name, value]));

module.exports = (config, { folder = "/kabar/", feed = "/feed.json" } = {}) => {
  const url = (address) => config.getFilter("url")(address);

  // Nunjucks: {% kabar show="cards", limit=3 %}. In Liquid, which Markdown
  // files are by default, all in one text: {% kabar 'show="cards" limit="3"' %}.
  config.addShortcode("kabar", (values = {}) => {
    const given = typeof values === "string" ? parse(values) : values;
    const all = { show: "share next cards", feed: url(feed), ...given };
    const data = Object.entries(all)
      // Nunjucks marks its keyword arguments by one more.
      .filter(([name]) => name !== "__keywords")
      .map(([name, value]) => ` data-${escape(name)}="${escape(value)}"`);
    return `<script async src="${escape(url(folder))}kabar.js"${data.join("")}></script>`;
  });
};
