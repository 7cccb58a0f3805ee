/** @jsxImportSource solid-js */
import "kabar/solid";
import { render } from "solid-js/web";

const ready = () => (document.body.dataset.ready = "yes");

function App(props: { limit: number }) {
  return (
    <>
      <kabar-cards feed="/feed.json" limit={props.limit} layout="list" on:kabar-ready={ready} />
      <kabar-share lang="nl" />
      <kabar-next feed="/feed.xml" />
    </>
  );
}

render(() => <App limit={3} />, document.getElementById("app")!);
