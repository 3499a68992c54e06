// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pages.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

const QList<PageTemplate> &pageTemplates()
{
    static const QList<PageTemplate>
        pages{
            {u"texts"_s,
             uR"-(<h1>{{ title }}</h1><p>{{ mode }}: {{ rows|length }} and {{ others|length }}</p>{{ title }})-"_s},
            {u"attributes"_s,
             uR"-(<p class="{{ mode }} {% if on %}on{% endif %}" title="{{ title }}" {% if on %}hidden{% endif %}>x</p><a href="/?q={{ title }}#{{ mode }}" style="width: {{ rows|length }}px" {% if mode %}data-mode={{ mode }}{% endif %}>x</a><button {% if not on %}disabled{% endif %} data-title='{{ title }}'>x</button>)-"_s},
            {u"branches"_s,
             uR"-(<div>{% if mode == "a" %}<p>A {{ title }}</p>{% elif mode == "b" %}<p>B {{ title }}</p>{% elif mode == "c" %}<h2>C</h2><em>{{ title }}</em><b>{{ mode }}</b>{% endif %}</div>{% if on %}<p>on</p>{% else %}off{% endif %}{% if mode %}{% if on %}<i>{{ title }}</i>{% else %}<u>{{ title }}</u>{% endif %}{% endif %}<p>behind</p>)-"_s},
            {u"branches around ranges"_s,
             uR"-({% if mode == "a" %}<ul>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}</ul>{% elif mode == "b" %}<ol>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}!</li>{% endfor %}</ol>{% else %}<p>{{ rows|length }}</p>{% endif %})-"_s},
            {u"one range"_s,
             uR"-({% for row in rows %}<p data-key="{{ row.key }}">{{ row.name }}</p>{% endfor %})-"_s},
            {u"range alone in its parent"_s,
             uR"-(<h1>{{ title }}</h1><ul>{% for row in rows %}<li data-key="{{ row.key }}" class="{% if row.on %}on{% endif %}"><b>{{ row.name }}</b></li>{% endfor %}</ul><p>{{ mode }}</p>)-"_s,
             ShortWay::Taken},
            {u"range with branches alone in its parent"_s,
             uR"-(<ul>{% for row in rows %}<li data-lvt-key="{{ row.key }}">{% if row.on %}<b>{{ row.name }}</b>{% else %}{{ row.name }}{% endif %}</li>{% endfor %}</ul><p>{{ title }}</p>)-"_s,
             ShortWay::Taken},
            {u"range with a header"_s,
             uR"-(<ul><li>{{ title }}</li>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}</ul>)-"_s},
            {u"range with a footer and texts"_s,
             uR"-(<ul>{{ mode }}{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}<li>{{ title }}</li></ul>)-"_s},
            {u"range with an empty branch"_s,
             uR"-(<ul>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% empty %}<li>none, {{ title }}</li>{% endfor %}</ul>)-"_s},
            {u"rows with counters"_s,
             uR"-(<ul>{% for row in rows %}<li data-key="{{ row.key }}">{{ forloop.counter }} {{ row.name }}{% if forloop.last %}.{% else %},{% endif %}</li>{% endfor %}</ul>)-"_s,
             ShortWay::Taken},
            {u"rows of two elements"_s,
             uR"-(<dl>{% for row in rows %}<dt data-key="{{ row.key }}">{{ row.key }}</dt><dd>{{ row.name }}</dd>{% endfor %}</dl>)-"_s},
            {u"rows with white space"_s, uR"-(<ul>
    {% for row in rows %}
    <li data-key="{{ row.key }}">
        {{ row.name }}
    </li>
    {% endfor %}
</ul>
)-"_s},
            {u"two ranges"_s,
             uR"-(<h1>{{ title }}</h1><ul>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}</ul><ol>{% for row in others %}<li data-key="{{ row.key }}">{{ row.name }} {{ row.on }}</li>{% endfor %}</ol>)-"_s},
            {u"two ranges in one parent"_s,
             uR"-(<ul>{% for row in others %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}</li>{% endfor %}</ul>)-"_s},
            {u"range without keys"_s,
             uR"-(<ul>{% for row in rows %}<li>{{ row.name }}{% if row.on %} <b>on</b>{% endif %}</li>{% endfor %}</ul>)-"_s},
            {u"nested ranges"_s, uR"-(<h1>{{ title }}</h1>{% for row in rows %}<section data-key="{{ row.key }}"><h2>{{ row.name }}</h2><ul>{% for cell in row.cells %}<li>{{ cell }}</li>{% empty %}<li>none</li>{% endfor %}</ul></section>{% endfor %})-"_s},
            {u"nested ranges with keys"_s,
             uR"-(<div>{% for row in rows %}<section data-key="{{ row.key }}">{% for cell in row.cells %}<p data-key="{{ row.key }}-{{ cell }}">{{ cell }} {{ row.name }}</p>{% endfor %}</section>{% endfor %}</div>)-"_s},
            {u"list in each row"_s,
             uR"-(<ul>{% for row in rows %}<li data-key="{{ row.key }}">{{ row.name }}: {% for other in others %}<i data-key="{{ row.key }}/{{ other.key }}">{{ other.name }}</i>{% endfor %}</li>{% endfor %}</ul>)-"_s},
            {u"table"_s,
             uR"-(<table><thead><tr><th>{{ title }}</th></tr></thead><tbody>{% for row in rows %}<tr data-key="{{ row.key }}"><td>{{ row.key }}</td><td>{{ row.name }}</td></tr>{% endfor %}</tbody></table>)-"_s,
             ShortWay::Taken},
            {u"table with cells"_s,
             uR"-(<table><tbody><tr><th>{{ title }}</th></tr>{% for row in rows %}<tr data-key="{{ row.key }}">{% for cell in row.cells %}<td>{{ cell }}</td>{% empty %}<td>none</td>{% endfor %}</tr>{% endfor %}</tbody></table>)-"_s},
            {u"options"_s,
             uR"-(<select name="choice">{% for row in rows %}<option data-key="{{ row.key }}" value="{{ row.key }}" {% if row.on %}selected{% endif %}>{{ row.name }}</option>{% endfor %}</select><p>{{ title }}</p>)-"_s},
            {u"inputs"_s,
             uR"-(<ul>{% for row in rows %}<li data-key="{{ row.key }}"><input name="text {{ row.key }}" value="{{ row.name }}"><input type="checkbox" name="on" lvt-on:click="toggle" {% if row.on %}checked{% endif %}> {{ row.name }}</li>{% endfor %}</ul><textarea>{{ title }}</textarea>)-"_s},
            {u"with and include"_s,
             uR"-({% with title as heading %}<h1>{{ heading }}</h1>{% endwith %}<ul>{% for row in rows %}{% include "row.html" %}{% endfor %}</ul>{% include "branch.html" %})-"_s},
            {u"texts beside texts"_s,
             uR"-({{ title }}{{ mode }}{% if on %}{{ title }}{% endif %}{% for row in rows %}{{ row.name }}{% endfor %}{{ mode }})-"_s},
            {u"tags that print one piece"_s,
             uR"-({% spaceless %}<p> <b>{{ title }}</b> </p>{% endspaceless %}{% filter upper %}{{ mode }}{% endfilter %}{% autoescape off %}<p>{{ mode }}</p>{% endautoescape %}<p>{% cycle "x" "y" %}</p>{% for row in rows %}{% ifchanged row.on %}<b>{{ row.on }}</b>{% endifchanged %}{% endfor %})-"_s},
            {u"script values"_s,
             uR"-(<button onclick="show('{{ title }}', {{ mode }})">x</button><p data-title="{{ title }}" style="color: {{ mode }}">x</p>)-"_s},
            {u"SVG"_s,
             uR"-(<svg width="100" height="20"><g>{% for row in rows %}<rect data-key="{{ row.key }}" width="{{ row.cells|length }}" height="2"></rect>{% endfor %}</g><text>{{ title }}</text></svg>)-"_s,
             ShortWay::Taken},
        };
    return pages;
}

QHash<QString, QString> pageFiles()
{
    QHash<QString, QString> files{
        {u"row.html"_s,
         u"<li data-key=\"{{ row.key }}\">{{ row.name }}{% include \"cells.html\" %}</li>"_s},
        {u"cells.html"_s, u"{% for cell in row.cells %}<i>{{ cell }}</i>{% endfor %}"_s},
        {u"branch.html"_s,
         u"{% if on %}<p>{{ title }}</p>{% else %}<b>{{ mode }}</b>{% endif %}"_s},
        {u"base.html"_s,
         u"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body>"
         "{% block body %}{% endblock %}"
         "<script defer src=\"{{ lvtClientScriptURL }}\"></script></body></html>"_s},
    };
    for (const PageTemplate &page : pageTemplates()) {
        files.insert(page.name + u".html"_s,
                     u"{% extends \"base.html\" %}{% block body %}"_s + page.body
                         + u"{% endblock %}"_s);
    }
    return files;
}

} // namespace LiveTemplate
