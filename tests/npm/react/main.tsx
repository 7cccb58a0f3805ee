import "kabar/react";
import { createRoot } from "react-dom/client";

const ready = () => (document.body.dataset.ready = "yes");

function App({ limit }: { limit: number }) {
  return (
    <>
      <kabar-cards feed="/feed.json" limit={limit} layout="list" exclude-current="false" className="cards" onkabar-ready={ready} />
      <kabar-share lang="nl" />
      <kabar-next feed="/feed.xml" onkabar-next-click={(event) => console.log(event.detail.url)} />
    </>
  );
}

createRoot(document.getElementById("app")!).render(<App limit={3} />);
