// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Shows documents, each in a frame of its own, does with them all that a visitor could do, and says
// which of them ran a payload or are another document than they should be.
'use strict';

const base = 'https://page.invalid/';

/** The numbers of the payloads that ran. Negative ones are the page's own. */
let executed = [];
window.pwned = number => { executed.push(number); };
window.addEventListener('message', event => executed.push(Number(event.data)));

window.report = null;

// ---------------------------------------------------------------------------------------------
// What the browser must find

const newlines = text => text.replace(/\r\n?/g, '\n');
const withoutNull = text => newlines(text).replaceAll('\0', '');
const withReplacedNull = text => newlines(text).replaceAll('\0', '\uFFFD');

function inside(text, context) {
    if (typeof text !== 'string')
        throw Error('the value is not there');
    if (!text.startsWith(context.prefix) || !text.endsWith(context.suffix)
        || text.length < context.prefix.length + context.suffix.length)
        throw Error('the text around the value is another: ' + show(text));
    return text.slice(context.prefix.length, text.length - context.suffix.length);
}

const show = value => String(typeof value === 'string' ? JSON.stringify(value)
    : JSON.stringify(value) ?? value).slice(0, 200);

function mustEqual(actual, expected) {
    if (actual !== expected)
        throw Error(`found ${show(actual)}, not ${show(expected)}`);
}

function isDeepEqual(a, b) {
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
        return Object.is(a, b) || (a === 0 && b === 0);
    const keys = Object.keys(a).sort();
    const others = Object.keys(b).sort();
    return Array.isArray(a) === Array.isArray(b) && keys.length === others.length
        && keys.every((key, i) => key === others[i] && isDeepEqual(a[key], b[key]));
}

function mustBeDeepEqual(actual, expected) {
    if (!isDeepEqual(actual, expected))
        throw Error(`found ${show(actual)}, not ${show(expected)}`);
}

function isHarmlessAddress(address) {
    try {
        return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(address, base).protocol);
    } catch {
        return true; // none at all
    }
}

/** As bytes in a string, so that half a character compares too. */
function percentDecoded(text) {
    const bytes = String.fromCharCode(...new TextEncoder().encode(text));
    return bytes.replace(/%([0-9a-f]{2})/gi, (all, hex) => String.fromCharCode(parseInt(hex, 16)));
}

const styleStrings = /"(?:[^"\\]|\\[^])*"/g;

function mustHaveHarmlessAddresses(style) {
    for (const [, address] of style.matchAll(/url\("((?:[^"\\]|\\[^])*)"\)/g)) {
        if (!isHarmlessAddress(address))
            throw Error('this style has an address that is not harmless: ' + style);
    }
}

/** The text of the first string in a value that CSSOM wrote. */
function firstStyleString(text) {
    const found = /"((?:[^"\\]|\\[^])*)"/.exec(text);
    if (!found)
        throw Error('there is no string in ' + show(text));
    return found[1].replace(/\\([0-9a-f]{1,6}) ?|\\([^])/gi,
        (all, hex, character) => hex ? String.fromCodePoint(parseInt(hex, 16)) : character);
}

function mustHaveOnlyText(hole) {
    if ([...hole.childNodes].some(node => node.nodeType !== Node.TEXT_NODE))
        throw Error('there is more than text: ' + hole.innerHTML.slice(0, 200));
}

const mustEqualIfText = (actual, expected, item) => {
    if (item.isText)
        mustEqual(actual, expected);
};

/** The attributes that templates write beside one whose name is a value. */
const ownNames = ['class', 'lang'];

// Each gets the element, the case, the context and the frame's window, which is null when the
// document was only parsed.
const looks = {
    text: (hole, item, context) =>
        mustEqualIfText(inside(hole.textContent, context), withoutNull(item.text), item),
    foreignText: (hole, item, context) =>
        mustEqualIfText(inside(hole.textContent, context), withReplacedNull(item.text), item),
    plainText: (hole, item, context) =>
        mustEqualIfText(inside(hole.textContent, context), withReplacedNull(item.text), item),
    // HTML ignores a line feed behind the start tag.
    textarea: (hole, item) =>
        mustEqualIfText(hole.textContent, withReplacedNull(item.text).replace(/^\n/, ''), item),
    textareaOfReferences: (hole, item, context) =>
        item.text.includes('&') || looks.textarea(hole, item, context),
    structure: () => {},

    // What looks like a refresh is refused in any <meta>: what the element is may come later.
    attribute: (hole, item, context) =>
        (hole.localName === 'meta' && hole.getAttribute(context.attribute) === 'refused-value')
        || mustEqualIfText(inside(hole.getAttribute(context.attribute), context),
                           withReplacedNull(item.text), item),
    attributeOfReferences: (hole, item, context) =>
        item.text.includes('&') || looks.attribute(hole, item, context),

    name: (hole, item) => {
        if (hole.className !== 'hole' || !['', 'en'].includes(hole.lang))
            throw Error('another attribute has the value: ' + hole.outerHTML.slice(0, 200));
        const names = hole.getAttributeNames().filter(name => !ownNames.includes(name));
        if (names.length > 1)
            throw Error('there are more attributes: ' + names);
        for (const name of names) {
            if (!/^[a-z][a-z0-9-]*$/.test(name)
                || /^(on|style$|src|href$|action$|formaction$|data$|xlink|xmlns|lvt-)/.test(name))
                throw Error('this attribute is not harmless: ' + name);
            const wanted = item.text.toLowerCase();
            if (item.isText && !['refused-value', 'data-refused-value', wanted, 'data-' + wanted]
                .includes(name))
                throw Error('this attribute is another: ' + name);
        }
    },

    address: (hole, item, context) => {
        const whole = hole.getAttribute(context.attribute);
        const address = inside(whole, context);
        for (const part of context.attribute === 'values' ? whole.split(';') : [whole]) {
            if (!isHarmlessAddress(part))
                throw Error('this address is not harmless: ' + show(part));
        }
        if (item.isText && !address.includes('#refused-address'))
            mustEqual(percentDecoded(address), item.parts.map(percentDecoded).join(''));
    },
    // The author asks for any scheme, and gets all but those that run something.
    addressWithScheme: (hole, item, context) => {
        const whole = hole.getAttribute(context.attribute);
        inside(whole, context);
        if (/^(javascript|vbscript|data):/i.test(whole.replace(/[\0-\x20]/g, '')))
            throw Error('this address is not harmless: ' + show(whole));
    },
    addressOfRefresh: (hole, item, context) => {
        const address = inside(hole.getAttribute(context.attribute), context);
        if (/^["']?(javascript|vbscript|data):/i.test(address.replace(/[\0-\x20]/g, '')))
            throw Error('this address is not harmless: ' + show(address));
    },
    component: (hole, item, context) => mustEqualIfText(
        decodeURIComponent(inside(hole.getAttribute(context.attribute), context)), item.text, item),
    sourceSet: (hole, item, context) => {
        for (const part of hole.getAttribute(context.attribute).split(/[\s,]+/)) {
            if (!isHarmlessAddress(part))
                throw Error('this address is not harmless: ' + show(part));
        }
    },
    document: (hole, item, context) => {
        const body = parse(hole.getAttribute(context.attribute)).body;
        for (const node of body.querySelectorAll('*')) {
            if (node.localName !== 'p')
                throw Error('the inner document has an element: ' + node.outerHTML.slice(0, 200));
        }
        // The space before all elements is no text.
        mustEqualIfText(body.textContent.trimStart(), withReplacedNull(item.text).trimStart(), item);
    },

    script: (hole, item, context, view) => {
        if (view && typeof view.value !== 'string')
            throw Error('there is no text: ' + show(view.value));
        if (view)
            mustEqualIfText(view.value, item.text, item);
    },
    json: (hole, item, context, view) => view && mustBeDeepEqual(view.value, item.value),
    // The library's filter makes a text of everything.
    jsonOfText: (hole, item, context, view) =>
        view && item.isText && mustEqual(view.value, item.text),
    regularExpression: (hole, item, context, view) => {
        if (view && item.isText && !view.pattern.test(item.text))
            throw Error(`${view.pattern} does not match`.slice(0, 200));
    },
    unchangedScript: (hole, item, context, view) => view && mustEqual(view.value, 2),
    jsonElement: (hole, item) => mustBeDeepEqual(JSON.parse(hole.textContent), item.value),
    jsonElementWithText: (hole, item) =>
        mustEqualIfText(JSON.parse(hole.textContent).a, item.text, item),
    handler: (hole, item, context, view) => {
        if (view) {
            hole.click();
            looks.json(hole, item, context, view);
        }
    },
    handlerOfText: (hole, item, context, view) => {
        if (view) {
            hole.click();
            looks.jsonOfText(hole, item, context, view);
        }
    },
    handlerString: (hole, item, context, view) => {
        if (view) {
            hole.click();
            looks.script(hole, item, context, view);
        }
    },
    // As the client calls them.
    hook: (hole, item, context, view) => {
        if (view) {
            new view.Function('element', hole.getAttribute(context.attribute)).call(hole, hole);
            looks.json(hole, item, context, view);
        }
    },
    hookString: (hole, item, context, view) => {
        if (view) {
            new view.Function('element', hole.getAttribute(context.attribute)).call(hole, hole);
            looks.script(hole, item, context, view);
        }
    },

    styleAttribute: (hole, item, context, view) => {
        if (!view)
            return;
        const text = hole.style.cssText;
        mustHaveHarmlessAddresses(text);
        if (/expression|binding|behavio|url|script/i.test(text.replace(styleStrings, '')
            .replaceAll('url()', '')))
            throw Error('this style is not harmless: ' + text);
        if (!context.template.includes('"{{ x }}"')) {
            for (const name of hole.style) {
                if (!context.template.includes(name.split('-')[0]))
                    throw Error('this style has another property: ' + text);
            }
        }
        if (hole.style.quotes)
            mustEqualIfText(firstStyleString(hole.style.quotes), item.text.replaceAll('\0', '\uFFFD'), item);
        else if (context.template.includes('quotes'))
            throw Error('the string is gone');
    },
    styleSheet: (hole, item, context, view) => {
        if (!view)
            return null;
        const rules = [...hole.sheet.cssRules];
        const last = rules.pop();
        if (last?.cssText !== 'b { color: red; }')
            throw Error('the rule behind is another: ' + last?.cssText);
        if (rules.length !== 1 || rules[0].selectorText !== 'p')
            throw Error('there are other rules: ' + rules.map(rule => rule.cssText));
        for (const name of rules[0].style) {
            if (!context.template.includes(name.split('-')[0]))
                throw Error('there is another property: ' + rules[0].cssText);
        }
        mustHaveHarmlessAddresses(rules[0].cssText);
        return rules[0].style;
    },
    styleSheetString: (hole, item, context, view) => {
        const style = looks.styleSheet(hole, item, context, view);
        if (style) {
            mustEqualIfText(firstStyleString(style.content), item.text.replaceAll('\0', '\uFFFD'),
                item);
        }
    },
};

// ---------------------------------------------------------------------------------------------
// The document without the value

const parse = html => new DOMParser().parseFromString(html, 'text/html');
const findHoles = (root, context) => context.look === 'nothing'
    ? [] : [...root.querySelectorAll(context.selector)];

function skeleton(source, context) {
    const inert = document.implementation.createHTMLDocument();
    const root = inert.importNode(source, true);
    root.removeAttribute('data-case');
    for (const hole of findHoles(root, context)) {
        if (context.look === 'name') {
            hole.getAttributeNames().filter(name => !ownNames.includes(name))
                .forEach(name => hole.removeAttribute(name));
        } else if (context.attribute) {
            hole.setAttribute(context.attribute, '');
        } else {
            mustHaveOnlyText(hole);
            hole.textContent = '';
        }
    }
    return root.outerHTML;
}

function mustBeSameDocument(source, context, expected, item, view) {
    const holes = findHoles(source, context);
    const found = skeleton(source, context);
    if (found !== expected)
        throw Error('the document is another: ' + found.slice(0, 600));
    for (const hole of holes)
        looks[context.look](hole, item, context, view);
}

// ---------------------------------------------------------------------------------------------
// A visitor who touches everything

/** Lets only those addresses be visited that run something here. */
function keepHere(event) {
    const link = event.composedPath().find(node => node.localName === 'a');
    const address = link && (link.getAttribute('href') ?? link.getAttribute('xlink:href')
        ?? link.href?.animVal);
    if (address != null && isHarmlessAddress(address))
        event.preventDefault();
}

function keepFormHere(event) {
    const address = event.submitter?.getAttribute('formaction')
        ?? event.target.getAttribute('action') ?? '';
    if (isHarmlessAddress(address))
        event.preventDefault();
}

const events = ['mouseover', 'mouseenter', 'mousemove', 'mouseout', 'mousedown', 'mouseup', 'focus',
    'blur', 'focusin', 'input', 'change', 'keydown', 'keyup', 'pointerover', 'pointerdown', 'toggle',
    'dblclick', 'contextmenu', 'wheel', 'animationstart', 'transitionend'];

function provoke(view) {
    const live = view.document;
    view.addEventListener('click', keepHere);
    view.addEventListener('submit', keepFormHere);
    for (const element of [...live.querySelectorAll('*')]) {
        const own = element.getAttributeNames().filter(name => name.startsWith('on'))
            .map(name => name.slice(2));
        for (const name of new Set([...events, ...own]))
            element.dispatchEvent(new view.Event(name, { bubbles: true, cancelable: true }));
        for (const name of ['lvt-mounted', 'lvt-updated', 'lvt-destroyed']) {
            if (element.hasAttribute(name)) {
                try {
                    new view.Function('element', element.getAttribute(name)).call(element, element);
                } catch {
                    // The client logs it.
                }
            }
        }
        if (element instanceof view.HTMLElement)
            view.HTMLElement.prototype.click.call(element);
        else
            element.dispatchEvent(new view.MouseEvent('click', { bubbles: true, cancelable: true }));
    }
}

// ---------------------------------------------------------------------------------------------
// Frames

const stage = () => document.getElementById('stage');

/** Writes into the frame's first document: to go to another one takes thirty times as long. */
function loaded(html) {
    const frame = document.createElement('iframe');
    stage().append(frame);
    const isLoaded = new Promise(resolve => { frame.onload = () => resolve(frame); });
    frame.contentDocument.open();
    frame.contentDocument.write(html);
    frame.contentDocument.close();
    return isLoaded;
}

/** Null when it shows something that is none of ours. */
function windowOf(frame) {
    try {
        return frame.contentDocument && frame.contentWindow;
    } catch {
        return null;
    }
}

/** Until all that was begun before had its turn: what fails to load, what is clicked, animations. */
async function sentinel() {
    const ready = { '-2': 0, '-3': 0, '-4': 0, '-5': 0 };
    progress = 'loading the sentinel';
    const frame = await loaded('<img src=/sentinel onerror=top.pwned(-2)>'
        + '<a href="javascript:top.pwned(-3)">x</a>'
        + '<svg><animate onend="top.pwned(-4)" attributeName=x dur="10ms" /></svg>'
        + '<iframe src="data:text/html,<script>top.postMessage(-5,\'*\')</script>"></iframe>');
    provoke(windowOf(frame));
    for (;;) {
        for (const number of executed)
            ready[number] = 1;
        progress = 'the sentinel ' + JSON.stringify(ready);
        progress = `the sentinel ${JSON.stringify(ready)}`;
        if (ready[-2] && ready[-3] && ready[-4] && ready[-5])
            return;
        await new Promise(resolve => setTimeout(resolve, 5));
    }
}

/** What the page is busy with, for the test to tell when it takes too long. */
let progress = '';

/** What a document's scripts had left behind each case. */
let captured = [];
window.capture = (place, view) => {
    captured[place] = { value: view.value, pattern: view.pattern };
    view.value = view.pattern = undefined;
};

const bundleSize = 50;

/** Many cases in one document: a frame costs far more than what is in it. */
function bundle(items, context) {
    const type = context.template.includes('type=module') ? ' type=module' : '';
    return items.map(item => `<section data-case="${item.place}">${item.html}</section>`
        + `<script${type}>top.capture(${item.place}, window)</script>`).join('');
}

const looksAtScripts = ['script', 'json', 'jsonOfText', 'regularExpression', 'unchangedScript'];

/** Where the case's values are found. */
const viewFor = (item, context, view) =>
    looksAtScripts.includes(context.look) ? captured[item.place] ?? {} : view;

function check(problems, item, how, action) {
    try {
        action();
    } catch (error) {
        problems.push(`${item.name} (${how}): ${error.message}`);
    }
}

async function provokeAll(frames) {
    for (const frame of frames) {
        if (windowOf(frame))
            provoke(windowOf(frame));
    }
    progress = 'the sentinel';
    await sentinel();
    stage().replaceChildren();
}

function takeExecuted() {
    const numbers = [...new Set(executed.filter(number => !(number < -1)))];
    executed = [];
    return numbers;
}

/** Which payloads run in these documents, each by itself. */
async function runRaw(documents) {
    for (let at = 0; at < documents.length; at += 60) {
        progress = `loading from ${at}`;
        await provokeAll(await Promise.all(documents.slice(at, at + 60).map(loaded)));
    }
    return { executed: takeExecuted(), problems: [] };
}

/** Whether the cases are the same documents as the harmless one, and run nothing. */
async function runCases(batch) {
    const { context, cases, harmless } = batch;
    const problems = [];
    const expected = skeleton(parse(harmless).documentElement, context);
    for (const item of cases) {
        check(problems, item, 'parsed',
            () => mustBeSameDocument(parse(item.html).documentElement, context, expected, item, null));
    }

    // Such a frame goes elsewhere before it can be looked at. That a refresh can run a script shows
    // in the control.
    if (context.template.includes('http-equiv'))
        return { executed: takeExecuted(), problems };

    cases.forEach((item, place) => { item.place = place; });
    captured = [];
    const bundles = [[{ html: harmless, place: cases.length }]];
    for (let at = 0; at < cases.length; at += bundleSize)
        bundles.push(cases.slice(at, at + bundleSize));
    progress = 'loading';
    const frames = await Promise.all(bundles.map(items => loaded(bundle(items, context))));
    const sectionOf = (frame, place) =>
        frame.contentDocument.querySelector(`[data-case="${place}"]`);
    progress = 'comparing';
    const expectedLive = skeleton(sectionOf(frames[0], cases.length), context);
    bundles.forEach((items, i) => {
        if (i === 0)
            return;
        const view = windowOf(frames[i]);
        for (const item of items) {
            check(problems, item, 'live', () => mustBeSameDocument(sectionOf(frames[i], item.place),
                context, expectedLive, item, viewFor(item, context, view)));
        }
    });
    await provokeAll(frames);
    return { executed: takeExecuted(), problems };
}

window.run = json => {
    const batch = JSON.parse(json); // as a literal, "__proto__" would be no key
    window.report = null;
    executed = [];
    (batch.documents ? runRaw(batch.documents) : runCases(batch))
        .catch(error => ({ executed: [], problems: ['the harness: ' + error.stack] }))
        .then(report => { window.report = JSON.stringify(report); });
};
