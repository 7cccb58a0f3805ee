//! Markup that runs code where a page takes a text for markup. All of it is made
//! here, from lists of what HTML has and rules for putting it together.

use super::List;

/// Every element of HTML, <https://html.spec.whatwg.org/#elements-3>, and those that it once had.
pub(super) const TAGS: &str = "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink \
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em \
    embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img \
    input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed \
    noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search \
    section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time \
    title tr track tt u ul var video wbr xmp kabar-cards kabar-share kabar-next x-unknown";

/// Every event handler attribute, <https://html.spec.whatwg.org/#event-handlers-on-elements,-document-objects,-and-window-objects>,
/// and those of pointers, animations and older browsers.
pub(super) const HANDLERS: &str = "onabort onafterprint onafterscriptexecute onanimationcancel onanimationend onanimationiteration \
    onanimationstart onauxclick onbeforecopy onbeforecut onbeforeinput onbeforematch onbeforepaste onbeforeprint \
    onbeforescriptexecute onbeforetoggle onbeforeunload onbegin onblur onbounce oncancel oncanplay oncanplaythrough onchange onclick \
    onclose oncommand oncontextlost oncontextmenu oncontextrestored oncopy oncuechange oncut ondblclick ondrag ondragend ondragenter \
    ondragleave ondragover ondragstart ondrop ondurationchange onemptied onend onended onerror onfinish onfocus onfocusin onfocusout \
    onformdata onfullscreenchange ongotpointercapture onhashchange oninput oninvalid onkeydown onkeypress onkeyup onload onloadeddata \
    onloadedmetadata onloadstart onlostpointercapture onmessage onmousedown onmouseenter onmouseleave onmousemove onmouseout \
    onmouseover onmouseup onmousewheel onoffline ononline onpagehide onpageshow onpaste onpause onplay onplaying onpointercancel \
    onpointerdown onpointermove onpointerover onpointerup onpopstate onprogress onratechange onrepeat onreset onresize onscroll \
    onscrollend onsearch onsecuritypolicyviolation onseeked onseeking onselect onselectionchange onselectstart onshow onslotchange \
    onstalled onstart onstorage onsubmit onsuspend ontimeupdate ontoggle ontouchend ontouchmove ontouchstart ontransitionend \
    ontransitionrun onunhandledrejection onunload onvolumechange onwaiting onwebkitanimationend onwebkittransitionend onwheel";

/// Elements of SVG 2, <https://www.w3.org/TR/SVG2/eltindex.html>.
const SVG: &str = "a animate animateMotion animateTransform circle clipPath defs desc discard ellipse feBlend feImage filter \
    foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect script set \
    stop style svg switch symbol text textPath title tspan use view";

/// Elements of `MathML`, <https://www.w3.org/TR/mathml-core/>, and of `MathML` 3.
const MATHML: &str = "annotation annotation-xml maction maligngroup menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover \
    mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics";

/// Elements whose content is not markup, or is in some places only.
const RAW: &str = "style script xmp noembed noframes noscript iframe title textarea plaintext template select";

/// What is put where it should not be markup.
fn picture(code: &str) -> String {
    format!("<img src=x: onerror={code}>")
}

/// Adds all of them.
pub(super) fn add(to: &mut List) {
    every_handler_on_every_tag(to);
    svg_and_mathml(to);
    mutations(to);
    comments(to);
    references(to);
    spellings(to);
    ends_of_attributes(to);
    what_loads(to);
}

fn every_handler_on_every_tag(to: &mut List) {
    let handlers: Vec<_> = HANDLERS.split_whitespace().collect();
    for tag in TAGS.split_whitespace() {
        // In parts, for a text is cut after 2,000 characters.
        for part in handlers.chunks(30) {
            to.add("handlers of a tag", |code| {
                let handlers = part.iter().fold(String::new(), |all, name| [&all, " ", name, "=", code].concat());
                format!("<{tag}{handlers} src=x: autofocus tabindex=0>x</{tag}>")
            });
        }
    }
    let tags: Vec<_> = TAGS.split_whitespace().collect();
    for (place, handler) in handlers.into_iter().enumerate() {
        let tag = tags[place * 7 % tags.len()];
        to.add("handler", |code| format!("<{tag} {handler}=\"{code}\" style=\"animation:a 1s\">"));
        to.add("handler of a picture", |code| format!("<img src=x: {handler}={code}>"));
    }
}

fn svg_and_mathml(to: &mut List) {
    for tag in SVG.split_whitespace() {
        to.add("svg", |code| {
            format!(
                "<svg><{tag} onload={code} onerror={code} onbegin={code} onclick={code} href=\"javascript:{code}\" \
                xlink:href=\"javascript:{code}\" attributeName=x dur=1s>{}</{tag}></svg>",
                picture(code)
            )
        });
    }
    for tag in MATHML.split_whitespace() {
        to.add("mathml", |code| {
            let picture = picture(code);
            format!("<math href=\"javascript:{code}\"><{tag} onclick={code} xlink:href=\"javascript:{code}\">{picture}</{tag}></math>")
        });
    }
    for (open, close) in [("svg", "svg"), ("svg", "p"), ("math", "math"), ("math", "p"), ("svg><desc", "desc"), ("math><mi", "mi")] {
        to.add("svg", |code| format!("<{open}></{close}>{}", picture(code)));
        to.add("svg script", |code| format!("<{open}><script>{code}</script></{close}>"));
    }
    to.add("svg script", |code| format!("<svg><script>{}</script></svg>", code.replace('(', "&#40;")));
    to.add("svg script", |code| format!("<svg><script href=\"data:text/javascript,{code}\"></script></svg>"));
}

/// What is harmless when it is parsed, and is not when it is written and parsed again.
fn mutations(to: &mut List) {
    for raw in RAW.split_whitespace() {
        for around in ["", "svg", "math", "math><mtext", "svg><foreignObject", "form", "table", "p"] {
            let open = if around.is_empty() { String::new() } else { format!("<{around}>") };
            to.add("mutation", |code| format!("{open}<{raw}><a title=\"</{raw}>{}\">", picture(code)));
        }
        to.add("mutation", |code| {
            format!("<math><mtext><table><mglyph><{raw}><!--</{raw}><img title=\"--&gt;&lt;/{raw}&gt;{}\">", picture(code))
        });
        to.add("mutation", |code| format!("<form><math><mtext></form><form><mglyph><{raw}></math>{}", picture(code)));
        to.add("template", |code| format!("<template><{raw}>{}</{raw}></template>{}", picture(code), picture(code)));
    }
    to.add("template", |code| format!("<div><template shadowrootmode=open>{}</template></div>", picture(code)));
    to.add("template", |code| format!("<template><template></template>{0}</template>{0}", picture(code)));
    to.add("template", |code| format!("${{{code}}} {{{{constructor.constructor('{code}')()}}}} <%= {code} %>{}", picture(code)));
}

fn comments(to: &mut List) {
    let opens =
        ["<!--", "<!--->", "<!-->", "<!", "<!-", "<![CDATA[", "<?", "<?xml ", "</ ", "</", "<!doctype ", "<%", "<!--[if gte IE 4]>"];
    let closes = ["-->", "--!>", "->", ">", "]]>", "?>", "%>", "-- >", "<![endif]-->"];
    for open in opens {
        for close in closes {
            to.add("comment", |code| format!("{open} a {close}{}", picture(code)));
        }
        to.add("comment", |code| format!("{open} a=\"-->{}\"", picture(code)));
    }
}

/// Markup that is written with references and escapes, once and more than once.
fn references(to: &mut List) {
    let forms: &[(&str, &str)] = &[
        ("&lt;", "&gt;"),
        ("&LT;", "&GT;"),
        ("&lt", "&gt"),
        ("&#60;", "&#62;"),
        ("&#060;", "&#062;"),
        ("&#0000000060;", "&#0000000062;"),
        ("&#60", "&#62"),
        ("&#x3c;", "&#x3e;"),
        ("&#X3C;", "&#X3E;"),
        ("&#x3c", "&#x3e"),
        ("&#x00003C;", "&#x00003E;"),
        ("&amp;lt;", "&amp;gt;"),
        ("&amp;#60;", "&amp;#62;"),
        ("&amp;amp;lt;", "&amp;amp;gt;"),
        ("&#38;lt;", "&#38;gt;"),
        ("&amp;amp;amp;lt;", "&amp;amp;amp;gt;"),
        ("\\u003c", "\\u003e"),
        ("\\x3c", "\\x3e"),
        ("%3C", "%3E"),
        ("%253C", "%253E"),
        ("+ADw-", "+AD4-"),
        ("＜", "＞"),
        ("‹", "›"),
    ];
    for (open, close) in forms {
        to.add("reference", |code| format!("{open}img src=x: onerror={code}{close}"));
        to.add("reference", |code| format!("{open}script{close}{code}{open}/script{close}"));
        to.add("reference", |code| format!("<b>{open}</b>img src=x: onerror={code}<i>{close}</i>"));
        to.add("reference", |code| format!("<textarea>{open}/textarea{close}</textarea>{}", picture(code)));
    }
}

/// One picture, in the ways in which a parser takes it for one.
fn spellings(to: &mut List) {
    for blank in [" ", "\t", "\n", "\r", "\u{c}", "/", " / ", "//", "\n\t ", "/x/", " x=1 ", " \" ", " ' "] {
        to.add("spelling", |code| format!("<img{blank}src=x:{blank}onerror={code}{blank}>"));
        to.add("spelling", |code| format!("<IMG{blank}SrC=x:{blank}oNeRrOr{blank}={blank}\"{code}\">"));
    }
    for before in
        ["<", "<<", "<x>", "<a href='", "<a href=\"", "<p ", "</p", "\u{0}", "\u{feff}", "\u{200b}", "]]>", "*/", "</title>", "</textarea>"]
    {
        to.add("spelling", |code| format!("{before}{}", picture(code)));
    }
    for value in ["x:", "#", "''", "\"\"", "data:,", "//", "x: srcset=x:", "x: loading=eager", "/404"] {
        to.add("spelling", |code| format!("<img src={value} onerror='{code}'"));
        to.add("spelling", |code| format!("<image src={value} onerror=\"{code}\">"));
    }
    to.add("spelling", |code| format!("<img src=x: onerror={}>", code.replace('.', "&#46;")));
    to.add("spelling", |code| format!("<img src=x: onerror={}>", code.replace('p', "\\u0070")));
    to.add("spelling", |code| format!("{}{}", "<b>".repeat(200), picture(code)));
    to.add("spelling", |code| format!("<img alt=\"{}\" src=x: onerror={code}>", "a ".repeat(400)));
}

/// What ends the attribute that it is put into.
fn ends_of_attributes(to: &mut List) {
    for end in ["\"", "'", "`", "\">", "'>", "`>", ">", "\"/>", "'/>", "\"'>", "\\\"", "\\'", "&quot;", "&#39;", "\u{201d}", "\" \"", " "] {
        to.add("end of an attribute", |code| format!("{end} onclick={code} onerror={code} autofocus onfocus={code} x={end}"));
        to.add("end of an attribute", |code| format!("x{end}{}", picture(code)));
        to.add("end of an attribute", |code| format!("{end}></a></article><script>{code}</script>"));
    }
}

/// Elements that bring a document, a script or a style of their own.
fn what_loads(to: &mut List) {
    for (tag, attribute) in [
        ("iframe", "src"),
        ("frame", "src"),
        ("embed", "src"),
        ("object", "data"),
        ("a", "href"),
        ("area", "href"),
        ("base", "href"),
        ("link rel=stylesheet", "href"),
        ("link rel=import", "href"),
        ("form", "action"),
        ("button", "formaction"),
        ("input type=image", "formaction"),
        ("body", "background"),
        ("table", "background"),
        ("video", "poster"),
        ("audio", "src"),
        ("img", "srcset"),
        ("input type=image", "src"),
        ("script", "src"),
        ("kabar-share", "url"),
        ("kabar-cards loading=eager", "feed"),
    ] {
        to.add("what loads", |code| format!("<{tag} {attribute}=\"javascript:{code}\">x"));
        to.add("what loads", |code| format!("<{tag} {attribute}=\"data:text/html,<script>{code}</script>\">x"));
    }
    to.add("script", |code| format!("<script>{code}</script>"));
    to.add("script", |code| format!("<SCRIPT\n>{code}</SCRIPT\t>"));
    to.add("script", |code| format!("<script/x>{code}</script >"));
    to.add("script", |code| format!("<scr<script>ipt>{code}</scr</script>ipt>"));
    to.add("script", |code| format!("</script><script>{code}</script>"));
    to.add("script", |code| format!("<script src=\"data:text/javascript,{code}\"></script>"));
    to.add("script", |code| format!("<script type=module>{code}</script>"));
    to.add("what loads", |code| format!("<iframe srcdoc=\"<script>{code}</script>\"></iframe>"));
    to.add("what loads", |code| format!("<iframe srcdoc=\"&lt;img src=x: onerror={code}&gt;\"></iframe>"));
    to.add("what loads", |code| format!("<meta http-equiv=refresh content=\"0;url=javascript:{code}\">"));
    to.add("what loads", |code| format!("<style>@keyframes a{{}}</style><b style=\"animation:a 1ms\" onanimationend={code}>x</b>"));
    to.add("what loads", |code| format!("<details open ontoggle={code}><summary>x</summary></details>"));
    to.add("what loads", |code| format!("<video><source src=x: onerror={code}></video>"));
    to.add("what loads", |code| format!("<b style=\"background:url(javascript:{code});width:expression({code})\">x</b>"));
}
