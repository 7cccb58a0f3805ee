//! The `WordPress` plugin as its site's owner meets it, in one visit: activate,
//! settings, the editor, deactivate, delete. The site and its database are of
//! this case alone.

use crate::{
    harness::{Tab, cases, in_browser},
    wordpress::{articles, text, variable},
};

cases![from_activation_to_deletion];

// WordPress takes `activate=true` and its like out of the address once the page is there.

/// The row of the plugin on the page Plugins.
const ROW: &str = "one('tr[data-plugin=\"kabar/kabar.php\"]')";

fn site() -> String {
    variable("KABAR_WORDPRESS_ADMIN")
}

async fn open(tab: &Tab, page: &str) {
    tab.open(&format!("{}/wp-admin/{page}", site())).await;
    // chromedriver answers before the page is whole where the editor, with its frame, was there before.
    tab.until("document.readyState === 'complete'").await;
}

fn from_activation_to_deletion() {
    in_browser(async |tab| {
        log_in(tab).await;
        activate(tab).await;
        settings_are_stored_by_the_form(tab).await;
        settings_need_the_nonce_and_the_right(tab).await;
        the_editor_makes_the_block(tab).await;
        delete(tab).await;
        check_log();
    });
}

async fn log_in(tab: &Tab) {
    tab.open(&format!("{}/wp-login.php", site())).await;
    // The cookie that WordPress tries is there: the page has set it.
    tab.run("one('#user_login').value = 'pengurus'; one('#user_pass').value = 'kata-sandi-uji'; one('#wp-submit').click();").await;
    tab.until("location.pathname.startsWith('/wp-admin') && document.readyState === 'complete'").await;
}

async fn activate(tab: &Tab) {
    open(tab, "plugins.php").await;
    tab.run(&format!("{ROW}.querySelector('.activate a').click();")).await;
    tab.until(&format!("{ROW}?.querySelector('.deactivate')")).await;
    // "The plugin generated … characters of unexpected output" would be here too.
    assert_eq!(tab.texts("[...document.querySelectorAll('.notice-error, .error')].map((one) => one.textContent)").await, [""; 0]);
    let first = format!("{ROW}.querySelector('.row-actions a').getAttribute('href')");
    assert!(tab.text(&first).await.ends_with("options-general.php?page=kabar"));
}

/// What the form shows: the ticked boxes, then the texts.
async fn form(tab: &Tab) -> Vec<String> {
    tab.texts(
        "[...document.querySelectorAll('form [name=\"kabar[after][]\"]:checked, form input[id^=kabar-]')].map((input) => input.value)",
    )
    .await
}

async fn settings_are_stored_by_the_form(tab: &Tab) {
    open(tab, "options-general.php?page=kabar").await;
    // The site's language is Indonesian.
    assert_eq!(tab.text("one('label[for=kabar-limit]').textContent").await, "Jumlah kartu");
    assert_eq!(form(tab).await, ["6", "", "", ""]);
    let fill = "for (const [id, value] of Object.entries(arguments[0])) one(`#kabar-${id}`).value = value;
        for (const box of document.querySelectorAll('[name=\"kabar[after][]\"]')) box.checked = box.value !== 'share';
        one('#kabar-limit').form.noValidate = true;
        one('#submit').click();";
    let values = serde_json::json!({ "limit": "-4", "networks": "<b>X</b> Copy, whatsapp\" onclick=\"", "lang": "id\"><script>", "folder": "javascript:alert(1)" });
    tab.run_with(fill, vec![values]).await;
    tab.until("one('#kabar-limit').value === '1' && one('.settings-error')").await;
    assert_eq!(form(tab).await, ["next", "cards", "1", "x copy whatsapp onclick", "", ""]);
    // What is wrong is said.
    assert_eq!(tab.js("document.querySelectorAll('.notice-error').length").await, 2);

    let values = serde_json::json!({ "limit": "2", "networks": "whatsapp copy", "lang": "en-GB", "folder": "https://cdn.example/ka\"bar" });
    tab.run_with(fill, vec![values]).await;
    tab.until("one('#kabar-limit').value === '2'").await;
    assert_eq!(form(tab).await, ["next", "cards", "2", "whatsapp copy", "en-GB", "https://cdn.example/kabar"]);
    // Of another host's files the plugin knows no hash.
    let page = "fetch(arguments[0]).then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, 'text/html'))";
    let tag = format!("return {page}.then((page) => page.querySelector('script[src$=\"kabar.js\"]').cloneNode().outerHTML);");
    let tag = tab.run_with(&tag, vec![(site() + text(&articles()[0], "path")).into()]).await;
    assert_eq!(tag, "<script async=\"\" src=\"https://cdn.example/kabar/kabar.js\" id=\"kabar-js\"></script>");
    tab.run("one('#kabar-folder').value = ''; one('#submit').click();").await;
    tab.until("one('#kabar-folder').value === '' && one('#setting-error-settings_updated')").await;

    // A post shows what was ticked, in the language that was chosen.
    tab.open(&(site() + text(&articles()[0], "path"))).await;
    tab.run("one('kabar-cards').scrollIntoView();").await;
    tab.until("all('kabar-cards', 'article').length === 2 && one('kabar-next') && !one('kabar-share')").await;
    assert_eq!(tab.text("one('kabar-cards').lang").await, "en-GB");
}

async fn settings_need_the_nonce_and_the_right(tab: &Tab) {
    open(tab, "options-general.php?page=kabar").await;
    let send = async |nonce: &str, credentials: &str| {
        let script = format!(
            "const form = new FormData(one('#kabar-limit').form);
            form.set('kabar[limit]', '99');
            const nonce = {nonce};
            if (nonce === null) form.delete('_wpnonce'); else form.set('_wpnonce', nonce);
            return fetch('options.php', {{ method: 'POST', body: new URLSearchParams(form), credentials: '{credentials}' }})
              .then((answer) => answer.status + ' ' + new URL(answer.url).pathname);"
        );
        tab.run(&script).await
    };
    assert_eq!(send("null", "same-origin").await, "403 /wp-admin/options.php");
    assert_eq!(send("'0123456789'", "same-origin").await, "403 /wp-admin/options.php");
    // Nobody is logged in: the log-in form.
    assert_eq!(send("form.get('_wpnonce')", "omit").await, "200 /wp-login.php");
    open(tab, "options-general.php?page=kabar").await;
    assert_eq!(tab.text("one('#kabar-limit').value").await, "2");
    // The same with the form's own nonce: what was refused was refused for the want of it.
    assert_eq!(send("form.get('_wpnonce')", "same-origin").await, "200 /wp-admin/options-general.php");
    open(tab, "options-general.php?page=kabar").await;
    assert_eq!(tab.text("one('#kabar-limit').value").await, "99");
}

async fn the_editor_makes_the_block(tab: &Tab) {
    open(tab, "post-new.php?post_type=page").await;
    tab.until_within(30, "window.wp?.blocks?.getBlockType('kabar/widget') && wp.data.select('core/editor').getCurrentPostId()").await;
    tab.run("wp.data.dispatch('core/block-editor').insertBlocks(wp.blocks.createBlock('kabar/widget', { show: 'next cards', limit: 5 }));")
        .await;
    let block = "document.querySelector('[data-type=\"kabar/widget\"]') ?? one('iframe[name=editor-canvas]')?.contentDocument.querySelector('[data-type=\"kabar/widget\"]')";
    tab.until(&format!("({block})?.querySelector('.components-placeholder__instructions')")).await;
    let said = tab.text(&format!("({block}).querySelector('.components-placeholder__instructions').textContent")).await;
    assert_eq!(said, "Tulisan berikutnya, Kartu artikel");
    let content = tab.text("wp.data.select('core/editor').getEditedPostContent()").await;
    assert_eq!(content, "<!-- wp:kabar/widget {\"show\":\"next cards\",\"limit\":5} /-->");
    tab.check("wp.data.select('core/block-editor').getBlocks().every((block) => block.isValid)").await;
    // The sidebar's first switch puts the share buttons last.
    tab.until("[...document.querySelectorAll('.components-toggle-control label')].some((label) => label.textContent === 'Tombol bagikan')")
        .await;
    tab.run("[...document.querySelectorAll('.components-toggle-control label')].find((label) => label.textContent === 'Tombol bagikan').click();").await;
    tab.until("wp.data.select('core/editor').getEditedPostContent().includes('\"show\":\"next cards share\"')").await;
    // Nothing is left to ask about when the page is left.
    tab.run("window.onbeforeunload = null; wp.data.dispatch('core/block-editor').resetBlocks([]); return wp.data.dispatch('core/editor').savePost();").await;
}

async fn delete(tab: &Tab) {
    // All options of the site are in this form.
    let stored = "[...document.querySelectorAll('input, textarea')].some((input) => input.name === 'kabar')";
    open(tab, "options.php").await;
    tab.check(stored).await;
    open(tab, "plugins.php").await;
    tab.run(&format!("{ROW}.querySelector('.deactivate a').click();")).await;
    tab.until(&format!("{ROW}?.querySelector('.activate')")).await;
    // What the page does where scripts are off: it asks first.
    tab.run(
        "const nonce = one('#bulk-action-form [name=_wpnonce]').value;
        location = `plugins.php?action=delete-selected&checked[]=kabar/kabar.php&_wpnonce=${nonce}`;",
    )
    .await;
    tab.until("one('form [name=verify-delete]')").await;
    tab.run("one('form [name=verify-delete]').form.querySelector('[type=submit]').click();").await;
    tab.until(&format!("one('#bulk-action-form') && !{ROW}")).await;
    open(tab, "options.php").await;
    tab.check(&format!("!{stored}")).await;
    assert!(!std::path::Path::new(&(variable("KABAR_WORDPRESS_ROOT") + "/plugins-of-kabar_admin/kabar")).exists());
}

/// Fails if PHP or `WordPress` had something to say of the plugin.
fn check_log() {
    let log = std::fs::read_to_string(variable("KABAR_WORDPRESS_ROOT") + "/debug-admin.log").unwrap_or_default();
    let said: Vec<&str> = log.lines().filter(|line| line.contains("/plugins-of-") || line.contains("incorrectly")).collect();
    assert_eq!(said, [""; 0]);
}
