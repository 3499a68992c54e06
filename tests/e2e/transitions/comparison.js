// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Compares the page that the client made by updates with what its HTML would be.
'use strict';

// The client counts how often it changed rows by the short way, once this is there.
window.__lvtTargetedHits = 0;
window.updates = 0;

const wrapper = () => document.querySelector('[data-lvt-id]');
// A refused message is answered, too, without an action: the page is not what was asked for then.
wrapper().addEventListener('lvt:updated', event => {
    if (event.detail.action === 'go')
        ++window.updates;
});

// What the client writes into the page for itself.
const ownAttributes = ['data-lvt-targeted-applied', 'data-lvt-targeted-skip'];

function htmlOf(root) {
    const copy = root.cloneNode(true);
    for (const name of ownAttributes)
        copy.querySelectorAll(`[${name}]`).forEach(element => element.removeAttribute(name));
    // The client sets the value of a textarea, which controlsOf() compares, and not always its text.
    copy.querySelectorAll('textarea').forEach(element => { element.textContent = ''; });
    // The client's morphdom writes the attribute to the option that a select shows by itself; what is
    // selected is compared by controlsOf().
    copy.querySelectorAll('option').forEach(element => element.removeAttribute('selected'));
    for (const element of copy.querySelectorAll('*')) {
        // Their order means nothing.
        const attributes = [...element.attributes].sort((a, b) => a.name < b.name ? -1 : 1);
        attributes.forEach(attribute => element.removeAttributeNode(attribute));
        attributes.forEach(attribute => element.setAttributeNode(attribute));
    }
    return copy.innerHTML;
}

/**
 * What is not in attributes: what a form shows. A select without a selected option shows its first
 * one, but the client's morphdom makes it blank at the first update: that is left out.
 */
const controlsOf = (root, fresh) => {
    const hasChoice = [...fresh.querySelectorAll('select')]
        .map(select => select.querySelector('[selected]') !== null);
    const selects = [...root.querySelectorAll('select')];
    return JSON.stringify(
        [...root.querySelectorAll('input, textarea, select')]
            .filter(control => control.localName !== 'select' || hasChoice[selects.indexOf(control)])
            .map(control => [control.name, control.value, control.checked]));
};

/** What differs from a page of its own with this HTML; empty: nothing. */
window.difference = html => {
    document.activeElement?.blur();
    const fresh = document.createElement('div');
    fresh.innerHTML = html;
    for (const read of [htmlOf, controlsOf]) {
        const actual = read(wrapper(), fresh);
        const expected = read(fresh, fresh);
        if (actual === expected)
            continue;
        let at = 0;
        while (actual[at] === expected[at])
            ++at;
        const from = Math.max(0, at - 120);
        return `shown    …${actual.slice(from, at + 160)}\nexpected …${expected.slice(from, at + 160)}`;
    }
    return '';
};
