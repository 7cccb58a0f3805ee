// The share targets of all peers: the same seven, with the same icons and links, as Kabar shows here.

// Everything but the unreserved characters of RFC 3986.
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const NETWORKS = [
  {
    id: "whatsapp",
    name: "WhatsApp",
    icon: "M12 2a10 10 0 0 0-8.6 15.1L2 22l5-1.3A10 10 0 1 0 12 2zm0 2a8 8 0 1 1-4.6 14.5l-2.6.7.7-2.5A8 8 0 0 1 12 4zM8.8 7.5c-.5 0-1.6.7-1.6 2.3 0 1.5 1.1 3 2.5 4.4 1.5 1.5 3.2 2.6 4.7 2.6 1.6 0 2.4-1.2 2.4-2 0-.4-.1-.5-.4-.6l-2-1c-.3-.1-.5-.1-.7.2l-.8 1c-.2.2-.4.2-.7.1-1.1-.5-2.3-1.6-2.9-2.7-.1-.3-.1-.5.1-.7l.6-.8c.1-.2.1-.4 0-.6l-.8-1.9c-.1-.2-.2-.3-.4-.3z",
    link: (url, title) => `https://wa.me/?text=${encode(`${title} ${url}`)}`,
  },
  {
    id: "facebook",
    name: "Facebook",
    icon: "M13.5 22v-9h3l.5-3.5h-3.5V7.3c0-1 .4-1.8 1.9-1.8H17V2.3A20 20 0 0 0 14.6 2C12 2 10 3.6 10 6.7v2.8H7V13h3v9z",
    link: (url) => `https://www.facebook.com/sharer/sharer.php?u=${encode(url)}`,
  },
  {
    id: "x",
    name: "X",
    icon: "M3 3h5.5L13 9.5 18.7 3h2.2L14 11l7 10h-5.5L11 14.5 5.3 21H3.1L10 13zM6 4.5l10.5 15H18L7.5 4.5z",
    link: (url, title) => `https://x.com/intent/tweet?text=${encode(title)}&url=${encode(url)}`,
  },
  {
    id: "telegram",
    name: "Telegram",
    icon: "M22 3.5L2 11.3l5.7 1.9L19 6.3l-8.8 8 7.2 5.2zM9 14.5l.5 5.5 2.6-3z",
    link: (url, title) => `https://t.me/share/url?url=${encode(url)}&text=${encode(title)}`,
  },
  {
    id: "line",
    name: "LINE",
    icon: "M12 3C6.5 3 2 6.6 2 11c0 4 3.6 7.3 8.5 7.9.9.2.8.6.5 2.6-.1.5.3.6.7.4C15 20.2 22 16.3 22 11c0-4.4-4.5-8-10-8zM5 8.4h1.3v4.1h2v1.2H5zm4 0h1.3v5.3H9zm2.1 0h1.2l2 3v-3h1.3v5.3h-1.2l-2-3v3h-1.3zm5.3 0h2.9v1.1h-1.6v1h1.6v1.1h-1.6v1h1.6v1.1h-2.9z",
    link: (url, title) => `https://social-plugins.line.me/lineit/share?url=${encode(url)}&text=${encode(title)}`,
  },
  {
    id: "email",
    name: "Surel",
    icon: "M2 5h20v14H2zm2 3.2V17h16V8.2l-8 5.3zM5.2 7l6.8 4.4L18.8 7z",
    link: (url, title) => `mailto:?subject=${encode(title)}&body=${encode(`${title}\r\n\r\n${url}`)}`,
  },
  {
    id: "copy",
    name: "Salin tautan",
    icon: "M10 7H6.5a5 5 0 0 0 0 10H10v-2H6.5a3 3 0 0 1 0-6H10zM14 7h3.5a5 5 0 0 1 0 10H14v-2h3.5a3 3 0 0 0 0-6H14zM8 11h8v2H8z",
  },
];

export const LANGUAGE = "id";
export const DIRECTION = "ltr";
export const LABEL = "Bagikan";
export const NEXT = "Berita selanjutnya";
export const COPIED = "Tautan disalin";

/** What is shared: the page's own address and title. */
export const targets = () => {
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  return NETWORKS.map(({ id, name, icon, link }) => {
    const href = link?.(url, document.title);
    const newTab = href && id !== "email";
    return { id, name, icon, href, newTab, url, description: newTab ? `Bagikan ke ${name}, buka tab baru` : name };
  });
};
