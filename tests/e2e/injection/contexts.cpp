// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "contexts.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

using Contexts = QList<InjectionContext>;

Contexts texts()
{
    const QString text = u"text"_s;
    return {
        {u"text"_s, uR"-(<p class=hole>{{ x }}</p>)-"_s, text},
        {.name = u"text between texts"_s,
         .source = uR"-(<p class=hole>one {{ x }} two</p>)-"_s,
         .look = text,
         .prefix = u"one "_s,
         .suffix = u" two"_s},
        {u"text in a loop"_s,
         uR"-(<ul>{% for v in list %}<li class=hole>{{ v }}</li>{% endfor %}</ul>)-"_s, text},
        {u"text in a keyed loop"_s,
         uR"-(<ul>{% for v in list %}<li class=hole data-key="{{ forloop.counter }}">{{ v }}</li>{% endfor %}</ul>)-"_s,
         text},
        {u"text in a branch"_s,
         uR"-({% if on %}<p class=hole>{{ x }}</p>{% else %}<b>{{ x }}</b>{% endif %})-"_s, text},
        {u"text in an include"_s, uR"-(<p class=hole>{% include "value.html" %}</p>)-"_s, text},
        {u"text in with"_s, uR"-({% with x as y %}<p class=hole>{{ y }}</p>{% endwith %})-"_s,
         text},
        {.name = u"two texts"_s,
         .source = uR"-(<p class=hole>{{ a }}{{ b }}</p>)-"_s,
         .look = text,
         .isSplit = true},
        {u"text in a table"_s, uR"-(<table><tr><td class=hole>{{ x }}</td></tr></table>)-"_s, text},
        {u"text in an option"_s,
         uR"-(<select><option class=hole value=1>{{ x }}</option></select>)-"_s, text},
        {u"text in SVG"_s, uR"-(<svg><text class=hole>{{ x }}</text></svg>)-"_s, u"foreignText"_s},
        {u"text in MathML"_s, uR"-(<math><mtext class=hole>{{ x }}</mtext></math>)-"_s, text},
        {u"textarea"_s, uR"-(<textarea class=hole>{{ x }}</textarea>)-"_s, u"textarea"_s},
        {u"title"_s, uR"-(<title class=hole>{{ x }}</title>)-"_s, u"plainText"_s},
        {u"title in SVG"_s, uR"-(<svg><title class=hole>{{ x }}</title></svg>)-"_s, u"structure"_s},
        {u"textarea, safe"_s, uR"-(<textarea class=hole>{{ x|safe }}</textarea>)-"_s,
         u"textareaOfReferences"_s},
        {u"textarea, autoescape off"_s,
         uR"-({% autoescape off %}<textarea class=hole>{{ x }}</textarea>{% endautoescape %})-"_s,
         u"textarea"_s},
        {u"raw text of xmp"_s, uR"-(<xmp class=hole>{{ x }}</xmp>)-"_s, u"structure"_s},
        {u"raw text of iframe"_s, uR"-(<iframe class=hole>{{ x }}</iframe>)-"_s, u"structure"_s},
        {u"noscript"_s, uR"-(<noscript class=hole>{{ x }}</noscript>)-"_s, u"structure"_s},
        {u"comment"_s, uR"-(<p>a<!-- {{ x }} -->b</p>)-"_s, u"nothing"_s},
    };
}

InjectionContext attribute(const QString &name, const QString &source, const QString &attribute,
                           const QString &prefix = {}, const QString &suffix = {},
                           const QString &look = u"attribute"_s)
{
    return {.name = name,
            .source = source,
            .look = look,
            .attribute = attribute,
            .prefix = prefix,
            .suffix = suffix};
}

InjectionContext split(InjectionContext context)
{
    context.isSplit = true;
    return context;
}

Contexts attributes()
{
    const QString title = u"title"_s;
    return {
        attribute(u"double quotes"_s, uR"-(<p class=hole title="{{ x }}">t</p>)-"_s, title),
        attribute(u"single quotes"_s, uR"-(<p class=hole title='{{ x }}'>t</p>)-"_s, title),
        attribute(u"no quotes"_s, uR"-(<p class=hole title={{ x }}>t</p>)-"_s, title),
        attribute(u"no quotes, last with a slash"_s, uR"-(<br class=hole title={{ x }} />)-"_s,
                  title),
        attribute(u"no quotes, with texts"_s, uR"-(<p class=hole title=a{{ x }}z lang=en>t</p>)-"_s,
                  title, u"a"_s, u"z"_s),
        attribute(u"no quotes, with a quote"_s, uR"-(<p class=hole title=a"{{ x }}"z>t</p>)-"_s,
                  title, uR"-(a")-"_s, uR"-("z)-"_s),
        attribute(u"quotes with the other quotes"_s,
                  uR"-(<p class=hole title="it's '{{ x }}'">t</p>)-"_s, title, u"it's '"_s, u"'"_s),
        split(attribute(u"two values"_s, uR"-(<p class=hole title="{{ a }}{{ b }}">t</p>)-"_s,
                        title)),
        split(attribute(u"two values without quotes"_s,
                        uR"-(<p class=hole title={{ a }}{{ b }} lang=en>t</p>)-"_s, title)),
        attribute(u"attribute in a branch"_s,
                  uR"-(<p class=hole {% if on %}title="{{ x }}"{% endif %}>t</p>)-"_s, title),
        attribute(
            u"attribute without quotes in a branch"_s,
            uR"-(<p class=hole {% if on %}title={{ x }}{% else %}lang=en{% endif %}>t</p>)-"_s,
            title),
        attribute(u"branch in quotes"_s,
                  uR"-(<p class=hole title="{% if on %}{{ x }}{% else %}no{% endif %}">t</p>)-"_s,
                  title),
        attribute(
            u"branch without quotes"_s,
            uR"-(<p class=hole title={% if on %}{{ x }}{% else %}no{% endif %} lang=en>t</p>)-"_s,
            title),
        attribute(u"loop in quotes"_s,
                  uR"-(<p class=hole title="{% for v in one %}{{ v }}{% endfor %}">t</p>)-"_s,
                  title),
        attribute(u"loop around the element"_s,
                  uR"-({% for v in list %}<p class=hole title="{{ v }}">t</p>{% endfor %})-"_s,
                  title),
        attribute(
            u"key of a row"_s,
            uR"-(<ul>{% for v in one %}<li class=hole data-key="{{ v }}">t</li>{% endfor %}</ul>)-"_s,
            u"data-key"_s),
        attribute(u"include in quotes"_s,
                  uR"-(<p class=hole title="{% include "value.html" %}">t</p>)-"_s, title),
        attribute(u"include of an attribute"_s,
                  uR"-(<p class=hole {% include "attribute.html" %}>t</p>)-"_s, title),
        attribute(u"include without quotes"_s,
                  uR"-(<p class=hole title={% include "value.html" %} lang=en>t</p>)-"_s, title),
        attribute(u"value of an input"_s, uR"-(<input class=hole name=n value="{{ x }}">)-"_s,
                  u"value"_s),
        attribute(u"the client's action"_s,
                  uR"-(<button class=hole lvt-on:click="{{ x }}">t</button>)-"_s,
                  u"lvt-on:click"_s),
        attribute(u"the client's data"_s, uR"-(<button class=hole data-id='{{ x }}'>t</button>)-"_s,
                  u"data-id"_s),
        attribute(u"content of a meta element"_s,
                  uR"-(<meta class=hole name="description" content="{{ x }}">)-"_s, u"content"_s),
        attribute(u"attribute, safe"_s, uR"-(<p class=hole title="{{ x|safe }}">t</p>)-"_s, title,
                  {}, {}, u"attributeOfReferences"_s),
        attribute(u"attribute without quotes, safe"_s,
                  uR"-(<p class=hole title={{ x|safe }} lang=en>t</p>)-"_s, title, {}, {},
                  u"attributeOfReferences"_s),
        attribute(
            u"attribute, autoescape off"_s,
            uR"-({% autoescape off %}<p class=hole title='{{ x }}'>t</p>{% endautoescape %})-"_s,
            title),
        {u"name of an attribute"_s, uR"-(<p class=hole {{ x }}>t</p>)-"_s, u"name"_s},
        {u"name of an attribute among others"_s,
         uR"-(<p {{ x }} class=hole {{ x }} lang=en>t</p>)-"_s, u"name"_s},
        {u"name of a data attribute"_s, uR"-(<p class=hole data-{{ x }}="1">t</p>)-"_s, u"name"_s},
        {u"name of an attribute, safe"_s, uR"-(<p class=hole {{ x|safe }}>t</p>)-"_s, u"name"_s},
        {u"name of an attribute, autoescape off"_s,
         uR"-({% autoescape off %}<p class=hole {{ x }}>t</p>{% endautoescape %})-"_s, u"name"_s},
    };
}

Contexts addresses()
{
    const auto url = [](const QString &name, const QString &source,
                        const QString &place = u"href"_s, const QString &prefix = {},
                        const QString &suffix = {}) {
        return attribute(name, source, place, prefix, suffix, u"address"_s);
    };
    const auto component = [](const QString &name, const QString &source, const QString &prefix,
                              const QString &suffix) {
        return attribute(name, source, u"href"_s, prefix, suffix, u"component"_s);
    };
    const auto set = [](const QString &name, const QString &source, const QString &place) {
        return attribute(name, source, place, {}, {}, u"sourceSet"_s);
    };
    return {
        url(u"link"_s, uR"-(<a class=hole href="{{ x }}">t</a>)-"_s),
        url(u"link, single quotes"_s, uR"-(<a class=hole href='{{ x }}'>t</a>)-"_s),
        url(u"link, no quotes"_s, uR"-(<a class=hole href={{ x }}>t</a>)-"_s),
        url(u"link, a space before"_s, uR"-(<a class=hole href=" {{ x }}">t</a>)-"_s, u"href"_s,
            u" "_s),
        split(url(u"link of two values"_s, uR"-(<a class=hole href="{{ a }}{{ b }}">t</a>)-"_s)),
        split(url(u"link of two values in a loop"_s,
                  uR"-(<a class=hole href="{% for v in halves %}{{ v }}{% endfor %}">t</a>)-"_s)),
        split(url(u"link of a value and a branch"_s,
                  uR"-(<a class=hole href={{ a }}{% if on %}{{ b }}{% endif %}>t</a>)-"_s)),
        url(u"link that starts as a script"_s, uR"-(<a class=hole href="java{{ x }}">t</a>)-"_s,
            u"href"_s, u"java"_s),
        url(u"link with a scheme and no colon"_s,
            uR"-(<a class=hole href="javascript{{ x }}">t</a>)-"_s, u"href"_s, u"javascript"_s),
        attribute(u"link with a colon behind"_s,
                  uR"-(<a class=hole href="{{ x }}:top.pwned(-1)">t</a>)-"_s, u"href"_s, {},
                  u":top.pwned(-1)"_s, u"addressWithScheme"_s),
        attribute(u"link with a colon as a reference behind"_s,
                  uR"-(<a class=hole href="{{ x }}&colon;top.pwned(-1)">t</a>)-"_s, u"href"_s, {},
                  u":top.pwned(-1)"_s, u"addressWithScheme"_s),
        url(u"link with a path"_s, uR"-(<a class=hole href="/a/{{ x }}/z">t</a>)-"_s, u"href"_s,
            u"/a/"_s, u"/z"_s),
        url(u"link with a host"_s,
            uR"-(<a class=hole href=https://example.invalid/{{ x }}>t</a>)-"_s, u"href"_s,
            u"https://example.invalid/"_s),
        component(u"query"_s, uR"-(<a class=hole href="/?q={{ x }}&amp;r=1">t</a>)-"_s, u"/?q="_s,
                  u"&r=1"_s),
        component(u"query, no quotes"_s, uR"-(<a class=hole href=/?q={{ x }}&amp;r=1>t</a>)-"_s,
                  u"/?q="_s, u"&r=1"_s),
        component(u"fragment"_s, uR"-(<a class=hole href="#{{ x }}">t</a>)-"_s, u"#"_s, {}),
        url(u"link, safe"_s, uR"-(<a class=hole href="{{ x|safe }}">t</a>)-"_s),
        url(u"link, autoescape off"_s,
            uR"-({% autoescape off %}<a class=hole href={{ x }}>t</a>{% endautoescape %})-"_s),
        url(u"link in a branch"_s,
            uR"-(<a class=hole {% if on %}href={{ x }}{% endif %}>t</a>)-"_s),
        url(u"link in a loop"_s,
            uR"-({% for v in list %}<a class=hole href={{ v }}>t</a>{% endfor %})-"_s),
        url(u"link in an include"_s,
            uR"-(<a class=hole href="{% include "value.html" %}">t</a>)-"_s),
        url(u"link in SVG"_s,
            uR"-(<svg><a class=hole xlink:href="{{ x }}"><text y=9>t</text></a></svg>)-"_s,
            u"xlink:href"_s),
        url(u"animated link"_s,
            uR"-(<svg><a><set class=hole attributeName=href to="{{ x }}" /><text y=9>t</text></a></svg>)-"_s,
            u"to"_s),
        url(u"animation's values"_s,
            uR"-(<svg><a><animate class=hole attributeName=href begin=-1s dur=1s fill=freeze values={{ x }} /><text y=9>t</text></a></svg>)-"_s,
            u"values"_s),
        url(u"form"_s, uR"-(<form class=hole action="{{ x }}"><button>t</button></form>)-"_s,
            u"action"_s),
        url(u"button of a form"_s,
            uR"-(<form><button class=hole formaction={{ x }}>t</button></form>)-"_s,
            u"formaction"_s),
        url(u"image"_s, uR"-(<img class=hole src="{{ x }}" alt=t>)-"_s, u"src"_s),
        url(u"iframe"_s, uR"-(<iframe class=hole src="{{ x }}"></iframe>)-"_s, u"src"_s),
        url(u"object"_s, uR"-(<object class=hole data="{{ x }}">t</object>)-"_s, u"data"_s),
        url(u"embed"_s, uR"-(<embed class=hole src={{ x }}>)-"_s, u"src"_s),
        set(u"set of images"_s, uR"-(<img class=hole srcset="{{ x }}" alt=t>)-"_s, u"srcset"_s),
        set(u"set of images with others"_s,
            uR"-(<img class=hole srcset="/a.png 1x, {{ x }} 2x" alt=t>)-"_s, u"srcset"_s),
        set(u"set of images, no quotes"_s, uR"-(<img class=hole srcset={{ x }} alt=t>)-"_s,
            u"srcset"_s),
        set(u"set of images, safe"_s, uR"-(<img class=hole srcset="{{ x|safe }}" alt=t>)-"_s,
            u"srcset"_s),
        attribute(u"document in an attribute"_s,
                  uR"-(<iframe class=hole srcdoc="<p>{{ x }}</p>"></iframe>)-"_s, u"srcdoc"_s, {},
                  {}, u"document"_s),
        attribute(u"document in an attribute without quotes"_s,
                  uR"-(<iframe class=hole srcdoc={{ x }}></iframe>)-"_s, u"srcdoc"_s, {}, {},
                  u"document"_s),
        attribute(u"document in an attribute, safe"_s,
                  uR"-(<iframe class=hole srcdoc='{{ x|safe }}'></iframe>)-"_s, u"srcdoc"_s, {}, {},
                  u"document"_s),
        attribute(u"address in a meta element"_s,
                  uR"-(<meta class=hole http-equiv="refresh" content="0;url={{ x }}">)-"_s,
                  u"content"_s, u"0;url="_s, {}, u"addressOfRefresh"_s),
    };
}

InjectionContext script(const QString &name, const QString &code, const QString &look = u"script"_s)
{
    return {.name = name,
            .source = u"<div><script class=hole>"_s + code + u"</script></div>"_s,
            .look = look};
}

Contexts scripts()
{
    const QString regularExpression = u"regularExpression"_s;
    const QString unchanged = u"unchangedScript"_s;
    return {
        script(u"string"_s, uR"-(window.value = "{{ x }}";)-"_s),
        script(u"string, single quotes"_s, uR"-(window.value = '{{ x }}';)-"_s),
        split(script(u"string of two values"_s, uR"-(window.value = '{{ a }}{{ b }}';)-"_s)),
        script(u"string behind a backslash"_s, uR"-(window.value = "\\{{ x }}".slice(1);)-"_s),
        script(u"string, safe"_s, uR"-(window.value = "{{ x|safe }}";)-"_s),
        script(u"string, autoescape off"_s,
               uR"-({% autoescape off %}window.value = '{{ x }}';{% endautoescape %})-"_s),
        script(u"template literal"_s, uR"-(window.value = `{{ x }}`;)-"_s),
        script(u"template literal behind a dollar sign"_s,
               uR"-(window.value = `${{ x }}`.slice(1);)-"_s),
        split(script(u"template literal of two values"_s,
                     uR"-(window.value = `{{ a }}{{ b }}`;)-"_s)),
        script(
            u"value within a template literal"_s,
            uR"-(window.value = `a${ [{{ x }}].map(v => (window.inner = v, '')) }b` && window.inner;)-"_s,
            u"json"_s),
        script(u"string within a template literal"_s, uR"-(window.value = `${ "{{ x }}" }`;)-"_s),
        script(u"template literal, safe"_s, uR"-(window.value = `{{ x|safe }}`;)-"_s),
        script(u"regular expression"_s, uR"-(window.pattern = /^(?:{{ x }})$/;)-"_s,
               regularExpression),
        script(u"set of a regular expression"_s,
               uR"-(window.pattern = /^(?:[{{ x }}]|\b\B)*$/;)-"_s, regularExpression),
        script(u"regular expression, safe"_s, uR"-(window.pattern = /^(?:{{ x|safe }})$/;)-"_s,
               regularExpression),
        script(u"value"_s, uR"-(window.value = {{ x }};)-"_s, u"json"_s),
        script(u"value in an object"_s, uR"-(window.value = {a: {{ x }}, b: 1}.a;)-"_s, u"json"_s),
        script(u"value in a list"_s, uR"-(window.value = [0,{{ x }},1][1];)-"_s, u"json"_s),
        script(u"value as an argument"_s,
               uR"-((function (value) { window.value = value })({{ x }}))-"_s, u"json"_s),
        script(u"value behind return"_s,
               uR"-(window.value = (function () { return{{ x }} })();)-"_s, u"json"_s),
        script(u"value, safe"_s, uR"-(window.value = {{ x|safe }};)-"_s, u"jsonOfText"_s),
        script(u"value, autoescape off"_s,
               uR"-({% autoescape off %}window.value = {{ x }};{% endautoescape %})-"_s, u"json"_s),
        script(u"value in a branch"_s,
               uR"-({% if on %}window.value = {{ x }};{% else %}window.value = 0;{% endif %})-"_s,
               u"json"_s),
        script(u"value in a loop"_s,
               uR"-({% for v in list %}window.value = {{ v }};{% endfor %})-"_s, u"json"_s),
        script(u"value in an include"_s, uR"-(window.value = {% include "value.html" %};)-"_s,
               u"json"_s),
        script(u"comment of a line"_s, "window.value = 1; // {{ x }}\nwindow.value = 2;"_L1,
               unchanged),
        script(u"comment of lines"_s, uR"-(window.value = 1; /* {{ x }} */ window.value = 2;)-"_s,
               unchanged),
        {u"JSON element"_s,
         uR"-(<div><script class=hole type="application/json">{{ x }}</script></div>)-"_s,
         u"jsonElement"_s},
        {u"JSON element with texts"_s,
         uR"-(<div><script class=hole type=application/json>{"a": "{{ x }}"}</script></div>)-"_s,
         u"jsonElementWithText"_s},
        {u"element of another type"_s,
         uR"-(<div><script class=hole type="text/x-template"><p>{{ x }}</p></script></div>)-"_s,
         u"structure"_s},
        {u"module"_s,
         uR"-(<div><script class=hole type=module>window.value = {{ x }};</script></div>)-"_s,
         u"json"_s},
        {u"script in SVG"_s,
         uR"-(<svg><script class=hole>window.value = "{{ x }}";</script></svg>)-"_s, u"script"_s},
        attribute(u"handler's string"_s,
                  uR"-(<button class=hole onclick="window.value = '{{ x }}'">t</button>)-"_s,
                  u"onclick"_s, {}, {}, u"handlerString"_s),
        attribute(u"handler's value"_s,
                  uR"-(<button class=hole onclick="window.value = {{ x }}">t</button>)-"_s,
                  u"onclick"_s, {}, {}, u"handler"_s),
        attribute(
            u"handler's string in references"_s,
            uR"-(<button class=hole onclick="window.value = &quot;{{ x }}&quot;">t</button>)-"_s,
            u"onclick"_s, {}, {}, u"handlerString"_s),
        attribute(u"handler's value without quotes"_s,
                  uR"-(<button class=hole onclick=window.value={{ x }}>t</button>)-"_s,
                  u"onclick"_s, {}, {}, u"handler"_s),
        attribute(u"handler's value, safe"_s,
                  uR"-(<button class=hole onclick='window.value = {{ x|safe }}'>t</button>)-"_s,
                  u"onclick"_s, {}, {}, u"handlerOfText"_s),
        attribute(u"the client's hook"_s,
                  uR"-(<p class=hole lvt-mounted="window.value = {{ x }}">t</p>)-"_s,
                  u"lvt-mounted"_s, {}, {}, u"hook"_s),
        attribute(u"the client's other hooks"_s,
                  uR"-(<p class=hole lvt-destroyed=window.value="{{ x }}">t</p>)-"_s,
                  u"lvt-destroyed"_s, {}, {}, u"hookString"_s),
    };
}

Contexts styles()
{
    const auto inAttribute = [](const QString &name, const QString &source) {
        return attribute(name, source, u"style"_s, {}, {}, u"styleAttribute"_s);
    };
    const auto inElement = [](const QString &name, const QString &code,
                              const QString &look = u"styleSheet"_s) {
        return InjectionContext{.name = name,
                                .source = u"<div><style class=hole>"_s + code
                                    + u" b { color: red }</style></div>"_s,
                                .look = look};
    };
    return {
        inAttribute(u"style's value"_s, uR"-(<p class=hole style="width: {{ x }}">t</p>)-"_s),
        inAttribute(u"style's value without quotes"_s,
                    uR"-(<p class=hole style=width:{{ x }}>t</p>)-"_s),
        inAttribute(u"style's values"_s,
                    uR"-(<p class=hole style="width: {{ x }}; height: {{ x }}">t</p>)-"_s),
        inAttribute(u"whole style"_s, uR"-(<p class=hole style="{{ x }}">t</p>)-"_s),
        inAttribute(u"style's string"_s,
                    uR"-(<p class=hole style="quotes: '{{ x }}' 'b'">t</p>)-"_s),
        inAttribute(u"style's address"_s,
                    uR"-(<p class=hole style="background: url({{ x }})">t</p>)-"_s),
        inAttribute(u"style's quoted address"_s,
                    uR"-(<p class=hole style="background: url('/a/{{ x }}')">t</p>)-"_s),
        inAttribute(u"style's value, safe"_s,
                    uR"-(<p class=hole style="width: {{ x|safe }}">t</p>)-"_s),
        inAttribute(
            u"style's value, autoescape off"_s,
            uR"-({% autoescape off %}<p class=hole style='width: {{ x }}'>t</p>{% endautoescape %})-"_s),
        inElement(u"value in a style sheet"_s, u"p { width: {{ x }} }"_s),
        inElement(u"string in a style sheet"_s, u"p { content: \"{{ x }}\" }"_s,
                  u"styleSheetString"_s),
        inElement(u"string in a style sheet, single quotes"_s, u"p { content: '{{ x }}' }"_s,
                  u"styleSheetString"_s),
        split(inElement(u"string in a style sheet of two values"_s,
                        u"p { content: '{{ a }}{{ b }}' }"_s, u"styleSheetString"_s)),
        inElement(u"string in a style sheet, safe"_s, u"p { content: '{{ x|safe }}' }"_s,
                  u"styleSheetString"_s),
        inElement(u"address in a style sheet"_s, u"p { background: url({{ x }}) }"_s),
        inElement(u"quoted address in a style sheet"_s, u"p { background: url(\"{{ x }}\") }"_s),
        inElement(u"part of an address in a style sheet"_s, u"p { background: url(/a/{{ x }}) }"_s),
        inElement(u"comment in a style sheet"_s, u"/* {{ x }} */ p { color: red }"_s),
        {u"style sheet in SVG"_s,
         uR"-(<svg><style class=hole>p { content: "{{ x }}" } b { color: red }</style></svg>)-"_s,
         u"styleSheetString"_s},
    };
}

} // namespace

QList<InjectionContext> injectionContexts()
{
    return texts() + attributes() + addresses() + scripts() + styles();
}

QHash<QString, QString> includedTemplates()
{
    return {{u"value.html"_s, u"{{ x }}"_s}, {u"attribute.html"_s, u"title={{ x }} lang=en"_s}};
}

QList<QString> hopelessTemplates()
{
    return {
        uR"-(<{{ x }}>t</p>)-"_s,
        uR"-(</{{ x }}>)-"_s,
        uR"-(<p{{ x }}>t</p>)-"_s,
        uR"-(<p></p{{ x }}>)-"_s,
        uR"-(<p></p {{ x }}>)-"_s,
        uR"-(<p on{{ x }}="f()">t</p>)-"_s,
        uR"-(<p o{{ x }}="f()">t</p>)-"_s,
        uR"-(<p {{ x }}click="f()">t</p>)-"_s,
        uR"-(<p {{ x }}{{ x }}>t</p>)-"_s,
        uR"-(<p {{ x }}="1">t</p>)-"_s,
        uR"-(<p {{ x }}={{ x }}>t</p>)-"_s,
        uR"-(<p lang {{ x }} = "1">t</p>)-"_s,
        uR"-(<p h{{ x }}="/">t</p>)-"_s,
        uR"-(<a href="javascript:{{ x }}">t</a>)-"_s,
        uR"-(<a href=javascript:{{ x }}>t</a>)-"_s,
        uR"-(<a href=" JaVaScRiPt:f({{ x }})">t</a>)-"_s,
        uR"-(<a href="java&Tab;script&colon;{{ x }}">t</a>)-"_s,
        uR"-(<a href="&#x6a;avascript:{{ x }}">t</a>)-"_s,
        uR"-(<a href="&#106avascript:{{ x }}">t</a>)-"_s,
        uR"-(<a href="javascript&#58;{{ x }}">t</a>)-"_s,
        uR"-(<a href="javascript&#58 {{ x }}">t</a>)-"_s,
        uR"-(<a href="javascript&#x3a {{ x }}">t</a>)-"_s,
        uR"-(<a href="vbscript:{{ x }}">t</a>)-"_s,
        uR"-(<a href="data:text/html,{{ x }}">t</a>)-"_s,
        uR"-(<iframe src="data:image/svg+xml,{{ x }}"></iframe>)-"_s,
        uR"-(<iframe src="data:application/xhtml+xml,{{ x }}"></iframe>)-"_s,
        uR"-(<iframe src="data:text/xml,{{ x }}"></iframe>)-"_s,
        uR"-(<form action="javascript:{{ x }}"></form>)-"_s,
        uR"-(<button formaction=javascript:{{ x }}>t</button>)-"_s,
        uR"-(<a href="{% if on %}java{% endif %}script:{{ x }}">t</a>)-"_s,
        uR"-(<a href="{{ a }}script:{{ b }}">t</a>)-"_s,
        uR"-(<a href="java{{ x }}:f()">t</a>)-"_s,
        uR"-(<a href="{{ a }}{{ b }}:f()">t</a>)-"_s,
        uR"-(<a href="{{ a }}{{ b }}&colon;f()">t</a>)-"_s,
        uR"-(<a href="{{ a }}{{ b }}&#58f()">t</a>)-"_s,
        uR"-(<svg><a xlink:href="javascript:{{ x }}">t</a></svg>)-"_s,
        uR"-(<svg><set attributeName=href to="javascript:{{ x }}" /></svg>)-"_s,
    };
}

} // namespace LiveTemplate
