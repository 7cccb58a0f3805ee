import kabar from "./kabar.cjs";

export default (config) => {
  config.addPlugin(kabar);
  config.addPassthroughCopy("kabar");
  config.addPassthroughCopy("gambar");
};
