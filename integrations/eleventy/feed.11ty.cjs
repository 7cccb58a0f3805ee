// JSON Feed 1.1 of what is tagged `posts`, the newest hundred, as /feed.json.
// The site's title, address and language come from _data/site.json.
module.exports = class {
  data() {
    return { permalink: "/feed.json", eleventyExcludeFromCollections: true, eleventyImport: { collections: ["posts"] } };
  }

  render({ collections, site }) {
    const absolute = (address) => address && new URL(this.url(address), site.url).href;
    const items = collections.posts
      .slice(-100)
      .reverse()
      .map(({ url, content, date, data }) => ({
        id: absolute(url),
        url: absolute(url),
        title: data.title,
        summary: data.description,
        image: data.image && absolute(data.image),
        authors: data.author && [{ name: data.author }],
        content_html: content,
        date_published: date.toISOString(),
        tags: data.tags.filter((tag) => tag !== "posts"),
      }));
    return JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: site.title,
      home_page_url: absolute("/"),
      feed_url: absolute("/feed.json"),
      language: site.language,
      items,
    });
  }
};
