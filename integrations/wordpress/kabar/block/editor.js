// The block in the editor: its settings, and a sign where it stands. What
// readers see is made by the server (includes/elements.php) and by Kabar. No
// build step: this is what the browser runs.
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: el } = element;
  const { __ } = i18n;
  const ORDER = ["share", "next", "cards"];

  const labels = () => ({
    share: __("Share buttons", "kabar"),
    next: __("The next post", "kabar"),
    cards: __("Article cards", "kabar"),
  });

  const words = (text) => text.split(/[\s,]+/).filter(Boolean);

  const settings = ({ show, limit, layout, networks, other }, setAttributes) => [
    ...ORDER.map((name) =>
      el(components.ToggleControl, {
        key: name,
        label: labels()[name],
        checked: words(show).includes(name),
        // The order that was chosen is kept; what is new comes last.
        onChange: (on) =>
          setAttributes({ show: [...words(show).filter((word) => word !== name), ...(on ? [name] : [])].join(" ") }),
      }),
    ),
    el(components.TextControl, {
      key: "limit",
      type: "number",
      min: 1,
      label: __("How many cards", "kabar"),
      value: limit ?? "",
      onChange: (value) => setAttributes({ limit: value > 0 ? Number(value) : undefined }),
    }),
    el(components.SelectControl, {
      key: "layout",
      label: __("Layout of the cards", "kabar"),
      value: layout ?? "",
      options: [
        { value: "", label: __("Grid", "kabar") },
        { value: "list", label: __("List", "kabar") },
        { value: "compact", label: __("Compact", "kabar") },
      ],
      onChange: (value) => setAttributes({ layout: value || undefined }),
    }),
    el(components.TextControl, {
      key: "networks",
      label: __("Share buttons, in order", "kabar"),
      placeholder: "native whatsapp facebook x copy",
      value: networks ?? "",
      onChange: (value) => setAttributes({ networks: value || undefined }),
    }),
    el(components.TextControl, {
      key: "other",
      label: __("Other attributes", "kabar"),
      help: __("As in the shortcode, such as: theme=\"dark\" more=\"button\"", "kabar"),
      value: other ?? "",
      onChange: (value) => setAttributes({ other: value || undefined }),
    }),
  ];

  const edit = ({ attributes, setAttributes }) => {
    const chosen = words(attributes.show).map((name) => labels()[name]).filter(Boolean);
    return el(
      "div",
      blockEditor.useBlockProps(),
      el(
        blockEditor.InspectorControls,
        null,
        el(components.PanelBody, { title: __("Elements", "kabar") }, settings(attributes, setAttributes)),
      ),
      el(components.Placeholder, {
        icon: "grid-view",
        label: "Kabar",
        instructions: chosen.join(", ") || __("Choose at least one element.", "kabar"),
      }),
    );
  };

  blocks.registerBlockType("kabar/widget", { edit, save: () => null });
})(window.wp);
